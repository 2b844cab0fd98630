in vec2 ndc;
flat in vec4 start;
flat in vec4 end;
flat in vec4 tint;
flat in vec2 places;
flat in float pixel;

uniform sampler2D color_map;

out vec4 color;

vec3 map_color(float place) {
  float size = float(textureSize(color_map, 0).x);
  return texture(color_map, vec2((clamp(place, 0.0, 1.0) * (size - 1.0) + 0.5) / size, 0.5)).rgb;
}

// Two values blend on the colour map, so that every colour of the bone is one of the bar's.
vec3 bone_color(float share) {
  bool first = places.x >= 0.0;
  bool second = places.y >= 0.0;
  float place = first && second ? mix(places.x, places.y, share) : first ? places.x : places.y;
  vec3 mapped = map_color(place);
  float valued = first && second ? 1.0 : first ? 1.0 - share : second ? share : 0.0;
  return mix(tint.rgb, mapped, valued);
}

void main() {
  vec3 origin, direction;
  pixel_ray(ndc, origin, direction);
  float radius = start.w;
  vec3 axis = end.xyz - start.xyz;
  vec3 from_start = origin - start.xyz;
  float axis_axis = dot(axis, axis);
  float axis_ray = dot(axis, direction);
  float axis_from = dot(axis, from_start);
  float ray_from = dot(direction, from_start);
  float slant = max(axis_axis - axis_ray * axis_ray, 1e-9);

  // Distance of the ray from the bone's axis: where the edge lies.
  float share = clamp((axis_from - ray_from * axis_ray) / slant, 0.0, 1.0);
  vec3 apart = from_start + (share * axis_ray - ray_from) * direction - share * axis;
  float off_axis = length(apart);
  float inside = (radius - off_axis) / pixel;
  cover(inside);
  float edge = 1.0 - sqrt(max(1.0 - off_axis * off_axis / (radius * radius), 0.0));

  // Nearest point of the cylinder, else of the cap at that end. Clamped roots put rays that graze the edge on it.
  float half_b = axis_axis * ray_from - axis_from * axis_ray;
  float c = axis_axis * dot(from_start, from_start) - axis_from * axis_from - radius * radius * axis_axis;
  float t = (-half_b - sqrt(max(half_b * half_b - slant * c, 0.0))) / slant;
  float place = axis_from + t * axis_ray;
  if (place <= 0.0 || place >= axis_axis) {
    vec3 from_cap = place <= 0.0 ? from_start : origin - end.xyz;
    float cap_b = dot(direction, from_cap);
    float cap_c = dot(from_cap, from_cap) - radius * radius;
    t = -cap_b - sqrt(max(cap_b * cap_b - cap_c, 0.0));
    place = clamp(axis_from + t * axis_ray, 0.0, axis_axis);
  }
  vec3 hit = origin + t * direction;
  float along = place / max(axis_axis, 1e-9);
  vec3 normal = normalize(hit - start.xyz - along * axis + vec3(0, 0, 1e-6));
  vec3 tone = bone_color(along);
  vec3 lit = shade(tone, normal, edge);
  lit = mix(lit, rim.rgb, kOutline * swallowed(tone) * edge_line(inside, kOutlineWidth));
  lit = mix(lit, background.rgb, tint.w);
  color = vec4(lit * end.w, end.w);
  gl_FragDepth = window_depth(hit.z);
}
