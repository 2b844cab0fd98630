// The surface of a capsule at a pixel, for near ones (body.frag) and far ones (far_body.frag).

noperspective in vec2 place;
flat in vec4 shape;
flat in vec4 depths;
flat in vec4 key;
flat in vec4 gloss;
flat in vec4 tint;
flat in vec3 values;

uniform sampler2D color_map;

const int kMapSteps = 1024;  // of the map's texture; body_pass.cpp makes as many

struct Surface {
  vec4 color;    // premultiplied
  float covered; // share of the pixel
  float along;   // share of the length
  float front;   // by how much of its thickness the surface is nearer than the axis
};

vec3 map_color(float at) {
  return texelFetch(color_map, ivec2(at * float(kMapSteps - 1) + 0.5, 0), 0).rgb;
}

// Two values blend on the colour map, so that every colour of the bone is one of the bar's.
vec3 tone_at(float share) {
  bool first = values.x >= 0.0;
  bool second = values.y >= 0.0;
  float at = first && second ? mix(values.x, values.y, share) : max(values.x, values.y);
  float valued = first && second ? 1.0 : first ? 1.0 - share : second ? share : 0.0;
  return mix(tint.rgb, map_color(max(at, 0.0)), valued);
}

// Discards the pixel where nothing of the capsule covers it.
Surface capsule_surface() {
  float share = clamp(place.x * shape.x, 0.0, 1.0);
  vec2 apart = vec2(place.x - share * shape.w, place.y);
  float radius = mix(shape.y, shape.z, share);
  float inside = radius - length(apart);
  float covered = coverage(inside);
  if (covered < kFaintest) discard;

  vec2 aside = apart / radius;
  float front = sqrt(max(1.0 - dot(aside, aside), 0.0));
  float along = clamp(place.x * shape.x + key.w * front, 0.0, 1.0);
  vec3 normal = vec3(aside, front);
  vec3 tone = tone_at(along);
  vec3 lit = shade(tone, dot(normal, key.xyz), dot(normal, gloss.xyz), 1.0 - front);
  lit = mix(outline(lit, tone, inside, gloss.w), background.rgb, tint.w);
  float alpha = covered * values.z;
  return Surface(vec4(lit * alpha, alpha), covered, along, front);
}
