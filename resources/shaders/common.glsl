// Values of one picture, the same for every shader. Layout std140; mirrored by render/passes/frame.h.
layout(std140) uniform Frame {
  mat4 view;
  mat4 projection;
  vec4 ray;         // x, y: half extent of the picture at depth 1 (orthographic: in metres); z: 1 = orthographic
  vec4 viewport;    // width, height in pixels; z: device pixels per logical one; w: half picture height in metres at depth 1
  vec4 samples[2];  // offsets of the four samples from the pixel's centre, in pixels
  vec4 background;
  vec4 grid;
  vec4 muted;
  vec4 rim;         // colour of the light along the edges; w: strength
  vec4 ground;      // x, z of the middle, height, radius in metres
};

const vec2 kCorners[4] = vec2[](vec2(-1, -1), vec2(1, -1), vec2(-1, 1), vec2(1, 1));
const vec4 kNowhere = vec4(2, 2, 2, 1);  // outside the picture: the primitive is dropped

bool is_orthographic() { return ray.z > 0.5; }

// Depth along the view that divides screen positions: 1 for orthographic pictures.
float divisor(float view_z) { return is_orthographic() ? 1.0 : -view_z; }

// Metres that one pixel covers at a depth.
float pixel_size(float view_z) { return divisor(view_z) * viewport.w * 2.0 / viewport.y; }
