// The surface of a capsule at a pixel, for near ones (body.frag) and far ones (far_body.frag).

noperspective in vec2 place;
flat in vec4 shape;
flat in vec4 depths;
flat in vec4 key;
flat in vec4 gloss;
flat in vec4 tint;
flat in vec4 values;
flat in vec3 lost_opacity;

uniform sampler2D color_map;

struct Surface {
  vec4 color;    // premultiplied
  float covered; // share of the pixel
  float along;   // share of the length
  float front;   // by how much of its thickness the surface is nearer than the axis
};

// Two values blend on the colour map, so that every colour of the bone is one of the bar's.
vec3 tone_at(float share) {
  vec2 at = mix(values.xz, values.yw, share);
  return mix(tint.rgb, texelFetch(color_map, ivec2(at.x, 0), 0).rgb, at.y);
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
  lit = mix(outline(lit, mix(lost_opacity.x, lost_opacity.y, along), inside, gloss.w), background.rgb, tint.w);
  float alpha = covered * lost_opacity.z;
  return Surface(vec4(lit * alpha, alpha), covered, along, front);
}
