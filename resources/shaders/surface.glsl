// What spheres and capsules share: the ray through a pixel, coverage of its samples, light.

const float kOutline = 0.8;        // strength of the line around colours that the ground swallows
const float kOutlineWidth = 0.75;  // logical pixels

void pixel_ray(vec2 ndc, out vec3 origin, out vec3 direction) {
  if (is_orthographic()) {
    origin = vec3(ndc * ray.xy, 0.0);
    direction = vec3(0.0, 0.0, -1.0);
  } else {
    origin = vec3(0.0);
    direction = normalize(vec3(ndc * ray.xy, -1.0));
  }
}

float window_depth(float view_z) {
  vec4 clip = projection * vec4(0.0, 0.0, view_z, 1.0);
  return 0.5 * clip.z / clip.w + 0.5;
}

// Which samples lie inside, from the signed distance to the edge in pixels (positive inside).
void cover(float inside) {
  vec2 slope = vec2(dFdx(inside), dFdy(inside));
  vec4 at = inside + vec4(dot(slope, samples[0].xy), dot(slope, samples[0].zw), dot(slope, samples[1].xy),
                          dot(slope, samples[1].zw));
  ivec4 hit = ivec4(greaterThan(at, vec4(0.0)));
  int mask = hit.x | (hit.y << 1) | (hit.z << 2) | (hit.w << 3);
  if (mask == 0) discard;
  gl_SampleMask[0] = mask;
}

float luminance(vec3 color) { return dot(color, vec3(0.2126, 0.7152, 0.0722)); }

// How much of a thin line to draw at a distance from the edge in pixels (positive inside), about `width` logical wide.
float edge_line(float inside, float width) { return clamp(width * viewport.z + 0.5 - inside, 0.0, 1.0); }

// 1 for colours that the ground swallows, such as the low end of viridis on the dark one; 0 for those that stand out.
float swallowed(vec3 color) { return 1.0 - smoothstep(0.10, 0.26, abs(luminance(color) - luminance(background.rgb))); }

// Matte with a soft key light from the upper left: the side towards the viewer keeps the colour of the colour bar.
// `edge` is 0 in the middle of the shape's picture and 1 at its outline, where the rim light lies.
vec3 shade(vec3 color, vec3 normal, float edge) {
  const vec3 key = normalize(vec3(-0.45, 0.75, 0.75));
  float light = 0.66 + 0.36 * clamp(0.5 + 0.5 * dot(normal, key), 0.0, 1.0);
  vec3 lit = color * light + vec3(0.05) * pow(clamp(dot(normal, normalize(key + vec3(0, 0, 1))), 0.0, 1.0), 24.0);
  return mix(lit, rim.rgb, rim.w * edge * edge * edge);
}
