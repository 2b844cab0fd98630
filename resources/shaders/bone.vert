// One rectangle around each capsule, laid along its picture on the screen.
layout(location = 0) in vec4 a_radius;
layout(location = 1) in vec4 b_opacity;
layout(location = 2) in vec4 tint_mute;
layout(location = 3) in vec2 values;  // places on the colour map, below 0 = none

out vec2 ndc;
flat out vec4 start;  // view space, w: radius
flat out vec4 end;    // view space, w: opacity
flat out vec4 tint;   // w: share of the background
flat out vec2 places;
flat out float pixel;

void main() {
  vec3 a = (view * vec4(a_radius.xyz, 1.0)).xyz;
  vec3 b = (view * vec4(b_opacity.xyz, 1.0)).xyz;
  float radius = a_radius.w;
  start = vec4(a, radius);
  end = vec4(b, b_opacity.w);
  tint = tint_mute;
  places = values;
  pixel = pixel_size(0.5 * (a.z + b.z));
  ndc = vec2(0.0);

  float near = max(radius * 2.0, 0.02);
  if (!is_orthographic()) {
    if (a.z > -near && b.z > -near) {
      gl_Position = kNowhere;
      return;
    }
    if (a.z > -near) a = mix(b, a, (b.z + near) / (b.z - a.z));
    if (b.z > -near) b = mix(a, b, (a.z + near) / (a.z - b.z));
  }
  // In logical units where x and y have the same scale.
  vec2 aspect = vec2(viewport.x / viewport.y, 1.0);
  vec2 a_screen = a.xy / (ray.xy * divisor(a.z)) * aspect;
  vec2 b_screen = b.xy / (ray.xy * divisor(b.z)) * aspect;
  float margin = 3.0 / viewport.y;
  float a_extent = radius * 1.08 / (ray.y * divisor(a.z)) + margin;
  float b_extent = radius * 1.08 / (ray.y * divisor(b.z)) + margin;
  vec2 axis = b_screen - a_screen;
  float extent = length(axis);
  axis = extent > 1e-6 ? axis / extent : vec2(1.0, 0.0);
  vec2 side = vec2(-axis.y, axis.x);
  vec2 corner = kCorners[gl_VertexID];
  // Seen nearly end on, the near cap covers the far one: the rectangle holds both.
  float low = min(-a_extent, extent - b_extent);
  float high = max(a_extent, extent + b_extent);
  vec2 place = a_screen + axis * (corner.x < 0.0 ? low : high) + side * corner.y * max(a_extent, b_extent);
  ndc = place / aspect;
  gl_Position = vec4(ndc, 0.0, 1.0);
}
