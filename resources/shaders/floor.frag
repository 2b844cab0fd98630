in vec2 place;
out vec4 color;

const float kCell = 0.5;  // metres

void main() {
  vec2 cell = place / kCell;
  vec2 width = max(fwidth(cell), vec2(1e-6));
  vec2 pixels = abs(fract(cell - 0.5) - 0.5) / width;
  // Lines one logical pixel wide; where cells shrink towards a pixel, lines fade instead of flickering.
  vec2 line = clamp(0.5 * viewport.z + 0.5 - pixels, 0.0, 1.0) * clamp(1.4 - 2.5 * width, 0.0, 1.0);
  float fade = clamp(1.0 - length(place - ground.xy) / ground.w, 0.0, 1.0);
  float alpha = max(line.x, line.y) * fade * fade * (3.0 - 2.0 * fade) * grid.a;
  color = vec4(grid.rgb * alpha, alpha);
}
