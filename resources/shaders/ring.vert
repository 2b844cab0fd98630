// One square around each joint that was inferred or has no value.
layout(location = 0) in vec4 centre_radius;
layout(location = 1) in vec4 color_opacity;
layout(location = 2) in vec2 style_mute;

noperspective out vec2 place;  // pixels from the centre
flat out vec4 paint;
flat out vec3 shape;           // radius in pixels; depth of the centre; how much nearer the front is
flat out float mute;           // share of the background
flat out int style;

void main() {
  vec3 centre = (view * vec4(centre_radius.xyz, 1.0)).xyz;
  float radius = centre_radius.w;
  paint = color_opacity;
  mute = style_mute.y;
  style = int(style_mute.x + 0.5);
  shape = vec3(0.0);
  place = vec2(0.0);
  gl_Position = kNowhere;
  if (!is_orthographic() && -centre.z < radius * 2.0) return;
  float depth = window_depth(centre.z);
  shape = vec3(radius / pixel_size(centre.z), depth, depth - window_depth(centre.z + radius));
  place = kCorners[gl_VertexID] * (shape.x + 1.5 * viewport.z);
  gl_Position = vec4((to_pixels(centre) + place) / (0.5 * viewport.xy), 0.0, 1.0);
}
