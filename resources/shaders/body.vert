// One rectangle around each capsule, laid along its picture on the screen. A ball is a capsule without length.
// Its own depth is that of the capsule's front; body.frag puts the surface's in its place.
layout(location = 0) in vec4 a_radius;
layout(location = 1) in vec4 b_opacity;
layout(location = 2) in vec4 tint_mute;
layout(location = 3) in vec3 places_parting;  // places on the colour map, below 0 = none; strength of the parting line

noperspective out vec2 place;  // pixels: along the axis from a, and aside
flat out vec4 shape;           // 1 / length, radius at a, radius at b, length; in pixels
flat out vec4 depths;          // of the axis at a and b; how much nearer the surface is there
flat out vec4 key;             // the light in the frame along, aside, facing; w: see below
flat out vec4 gloss;           // between light and viewer, in the same frame; w: strength of the parting line
flat out vec4 tint;            // w: share of the background
flat out vec4 values;          // steps of the colour map at a and b; how much of each end is of the map
flat out vec3 lost_opacity;    // how much the ground swallows of each end

uniform sampler2D color_map;

const float kLastStep = 1023.0;  // of the map's texture; body_pass.cpp makes as many
const float kMargin = 0.6;     // pixels: the smooth edge
const float kSteepest = 0.25;  // sine of the angle between axis and view below which a capsule counts as no steeper

// By how much a surface is nearer than its axis.
float front(float view_z, float radius) { return window_depth(view_z) - window_depth(view_z + radius); }

vec3 end_tone(float at, float valued) { return mix(tint.rgb, texelFetch(color_map, ivec2(at, 0), 0).rgb, valued); }

void main() {
  vec3 a = (view * vec4(a_radius.xyz, 1.0)).xyz;
  vec3 b = (view * vec4(b_opacity.xyz, 1.0)).xyz;
  float radius = a_radius.w;
  float near = max(radius * 2.0, 0.02);
  gl_Position = kNowhere;
  place = vec2(0.0);
  shape = depths = key = gloss = tint = values = vec4(0.0);
  lost_opacity = vec3(0.0);
  if (!is_orthographic()) {
    if (a.z > -near && b.z > -near) return;
    if (a.z > -near) a = mix(b, a, (b.z + near) / (b.z - a.z));
    if (b.z > -near) b = mix(a, b, (a.z + near) / (a.z - b.z));
  }
  vec2 from = to_pixels(a);
  vec2 to = to_pixels(b);
  float length_2d = distance(from, to);
  vec2 axis = length_2d > 1e-3 ? (to - from) / length_2d : vec2(1, 0);
  vec2 side = vec2(-axis.y, axis.x);
  float thickness = 2.0 * radius / pixel_size(0.5 * (a.z + b.z));

  // The frame of the light: along, aside, and where the middle of the picture faces. A capsule that is seen end on faces
  // the viewer as a ball does.
  float length_3d = distance(a, b);
  vec3 axis_3d = length_3d > 0.0 ? (b - a) / length_3d : vec3(0.0);
  vec3 eye = to_eye(0.5 * (a + b));
  float lean = dot(axis_3d, eye);
  float steep = max(sqrt(max(1.0 - lean * lean, 0.0)), kSteepest);
  vec3 facing = normalize(eye - lean * min(length_2d / thickness, 1.0) * axis_3d + 1e-4 * eye);
  vec3 along = normalize(vec3(axis, 0.0) - dot(vec3(axis, 0.0), facing) * facing);
  vec3 aside = cross(facing, along);

  shape = vec4(length_2d > 1e-3 ? 1.0 / length_2d : 0.0, radius / pixel_size(a.z), radius / pixel_size(b.z), length_2d);
  depths = vec4(window_depth(a.z), window_depth(b.z), front(a.z, radius * steep), front(b.z, radius * steep));
  // w: by how much of the length the surface's point lies before the axis' point that it covers.
  key = vec4(dot(along, kKeyLight), dot(aside, kKeyLight), dot(facing, kKeyLight),
             length_3d > 0.0 ? lean * radius / (steep * length_3d) : 0.0);
  gloss = vec4(dot(along, kGloss), dot(aside, kGloss), dot(facing, kGloss), places_parting.z);
  tint = tint_mute;
  // An end without a value takes the place of the other, with no weight.
  vec2 places = places_parting.xy;
  vec2 valued = step(0.0, places);
  places = max(mix(places.yx, places, valued), 0.0);
  values = vec4(places * kLastStep + 0.5, valued);
  lost_opacity = vec3(swallowed(end_tone(values.x, values.z)), swallowed(end_tone(values.y, values.w)), b_opacity.w);

  // Seen nearly end on, the near cap covers the far one: the rectangle holds both.
  float low = min(-shape.y, length_2d - shape.z) - kMargin;
  float high = max(shape.y, length_2d + shape.z) + kMargin;
  vec2 corner = kCorners[gl_VertexID];
  bool at_a = corner.x < 0.0;
  place = vec2(at_a ? low : high, corner.y * (max(shape.y, shape.z) + kMargin));
  float depth = at_a ? depths.x - depths.z : depths.y - depths.w;
  gl_Position = vec4((from + axis * place.x + side * place.y) / (0.5 * viewport.xy), clamp(2.0 * depth - 1.0, -1.0, 1.0), 1.0);
}
