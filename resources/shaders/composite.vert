uniform vec4 area;  // left, bottom, right, top in normalised device coordinates

void main() {
  vec2 corner = 0.5 * kCorners[gl_VertexID] + 0.5;
  gl_Position = vec4(mix(area.xy, area.zw, corner), 0.0, 1.0);
}
