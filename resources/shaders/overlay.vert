// Triangles of the read-outs, in device pixels from the upper left.
layout(location = 0) in vec2 position;
layout(location = 1) in vec2 texture_place;
layout(location = 2) in vec4 vertex_color;

out vec2 place;
out vec4 tone;

void main() {
  place = texture_place;
  tone = vertex_color;
  vec2 share = position / viewport.xy;
  gl_Position = vec4(2.0 * share.x - 1.0, 1.0 - 2.0 * share.y, 0.0, 1.0);
}
