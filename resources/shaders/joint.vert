// One square around each joint, facing the viewer.
layout(location = 0) in vec4 centre_radius;
layout(location = 1) in vec4 color_opacity;
layout(location = 2) in vec2 style_mute;

out vec2 ndc;
flat out vec4 sphere;  // in view space
flat out vec4 paint;
flat out float pixel;
flat out float mute;  // share of the background
flat out int style;

void main() {
  vec3 centre = (view * vec4(centre_radius.xyz, 1.0)).xyz;
  float radius = centre_radius.w;
  sphere = vec4(centre, radius);
  paint = color_opacity;
  mute = style_mute.y;
  style = int(style_mute.x + 0.5);
  pixel = pixel_size(centre.z);
  float depth = divisor(centre.z);
  ndc = vec2(0.0);
  if (depth < radius * 1.5) {
    gl_Position = kNowhere;
    return;
  }
  // A sphere off the axis projects to a slightly stretched ellipse: 8 % and a pixel and a half more hold it.
  float extent = radius * 1.08 + 1.5 * pixel;
  ndc = (centre.xy + kCorners[gl_VertexID] * extent) / (ray.xy * depth);
  gl_Position = vec4(ndc, 0.0, 1.0);
}
