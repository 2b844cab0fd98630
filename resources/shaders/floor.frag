in vec2 place;
noperspective in float across;
noperspective in float neighbour;
out vec4 color;

void main() {
  float line = clamp(0.5 * viewport.z + 0.5 - abs(across), 0.0, 1.0);
  // Where lines crowd they fade instead of flickering.
  float sparse = clamp(neighbour / (4.0 * viewport.z) - 0.5, 0.0, 1.0);
  float fade = clamp(1.0 - length(place - ground.xy) / ground.w, 0.0, 1.0);
  float alpha = line * sparse * fade * fade * (3.0 - 2.0 * fade) * grid.a;
  color = vec4(grid.rgb * alpha, alpha);
}
