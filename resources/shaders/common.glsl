// Values of one picture, the same for every shader. Layout std140; mirrored by render/passes/frame.h.
layout(std140) uniform Frame {
  mat4 view;
  mat4 projection;
  vec4 ray;         // x, y: half extent of the picture at depth 1 (orthographic: in metres); z: 1 = orthographic
  vec4 viewport;    // width, height in pixels; z: device pixels per logical one; w: half picture height in metres at depth 1
  vec4 background;
  vec4 grid;
  vec4 muted;
  vec4 rim;         // colour of the light along the edges; w: strength
  vec4 ground;      // x, z of the middle, height, radius in metres
};

const vec2 kCorners[4] = vec2[](vec2(-1, -1), vec2(1, -1), vec2(-1, 1), vec2(1, 1));
const vec3 kKeyLight = normalize(vec3(-0.45, 0.75, 0.75));  // from the upper left
const vec3 kGloss = normalize(kKeyLight + vec3(0, 0, 1));     // between that light and the viewer
const vec4 kNowhere = vec4(2, 2, 2, 1);  // outside the picture: the primitive is dropped

bool is_orthographic() { return ray.z > 0.5; }

// Depth along the view that divides screen positions: 1 for orthographic pictures.
float divisor(float view_z) { return is_orthographic() ? 1.0 : -view_z; }

// Metres that one pixel covers at a depth.
float pixel_size(float view_z) { return divisor(view_z) * viewport.w * 2.0 / viewport.y; }

// Pixels from the picture's middle, of a place in view space.
vec2 to_pixels(vec3 at) { return at.xy / pixel_size(at.z); }

// Depth as the depth buffer holds it.
float window_depth(float view_z) {
  vec4 clip = projection * vec4(0.0, 0.0, view_z, 1.0);
  return 0.5 * clip.z / clip.w + 0.5;
}

// Towards the viewer, from a place in view space.
vec3 to_eye(vec3 at) { return is_orthographic() ? vec3(0, 0, 1) : -normalize(at); }

float luminance(vec3 color) { return dot(color, vec3(0.2126, 0.7152, 0.0722)); }

// 1 for colours that the ground swallows, such as the low end of viridis on the dark one; 0 for those that stand out.
float swallowed(vec3 color) { return 1.0 - smoothstep(0.10, 0.26, abs(luminance(color) - luminance(background.rgb))); }
