// One thin quad for each line of the grid: lines along x first, then along z.
uniform int lines;  // of one direction, odd

const float kCell = 0.5;  // metres; floor_pass.cpp counts with the same

out vec2 place;                       // metres, x and z
noperspective out float across;       // pixels from the middle of the line
noperspective out float neighbour;    // pixels to the next line

vec4 to_clip(vec2 at) { return projection * view * vec4(at.x, ground.z, at.y, 1.0); }

vec2 to_pixels(vec4 clip) { return clip.xy / clip.w * 0.5 * viewport.xy; }

void main() {
  bool along_x = gl_InstanceID < lines;
  int index = gl_InstanceID % lines - lines / 2;
  vec2 middle = round(ground.xy / kCell) * kCell;
  vec2 direction = along_x ? vec2(1, 0) : vec2(0, 1);
  vec2 step_aside = direction.yx * kCell;

  // The chord inside the circle in which the grid fades out, cut at the near plane.
  vec2 base = middle + step_aside * float(index);
  float offset = dot(base - ground.xy, direction.yx);
  float half_chord = sqrt(max(ground.w * ground.w - offset * offset, 0.0));
  vec2 foot = base + direction * dot(ground.xy - base, direction);
  vec2 ends[2] = vec2[](foot - direction * half_chord, foot + direction * half_chord);
  const float near = 0.05;
  vec4 a = to_clip(ends[0]);
  vec4 b = to_clip(ends[1]);
  place = vec2(0.0);
  across = 0.0;
  neighbour = 0.0;
  if (half_chord <= 0.0 || (a.w < near && b.w < near)) {
    gl_Position = kNowhere;
    return;
  }
  vec2 cut_a = a.w < near ? mix(ends[1], ends[0], (b.w - near) / (b.w - a.w)) : ends[0];
  vec2 cut_b = b.w < near ? mix(ends[0], ends[1], (a.w - near) / (a.w - b.w)) : ends[1];
  a = to_clip(cut_a);
  b = to_clip(cut_b);

  vec2 run = to_pixels(b) - to_pixels(a);
  vec2 side = length(run) > 1e-4 ? normalize(vec2(-run.y, run.x)) : vec2(0, 1);
  vec2 corner = kCorners[gl_VertexID];
  place = corner.x < 0.0 ? cut_a : cut_b;
  vec4 clip = corner.x < 0.0 ? a : b;
  float reach = 0.5 * viewport.z + 0.5;  // where floor.frag draws nothing any more
  across = corner.y * reach;
  vec4 beside = to_clip(place + step_aside);
  neighbour = beside.w > near ? abs(dot(to_pixels(beside) - to_pixels(clip), side)) : 1e3;
  clip.xy += side * corner.y * reach * 2.0 / viewport.xy * clip.w;
  gl_Position = clip;
}
