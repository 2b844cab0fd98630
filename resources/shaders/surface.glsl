// What bodies and rings share: light, and the lines along edges.

const float kOutline = 0.8;        // strength of the line around colours that the ground swallows
const float kOutlineWidth = 0.75;  // logical pixels
const float kPartingWidth = 1.4;   // of the line between a ball and what lies behind it
const float kFaintest = 1.0 / 512.0;

// Share of a pixel that a shape covers, from the distance of its centre to the edge in pixels (positive inside).
float coverage(float inside) { return clamp(inside + 0.5, 0.0, 1.0); }

// How much of a thin line to draw at a distance from the edge in pixels (positive inside), about `width` logical wide.
float edge_line(float inside, float width) { return clamp(width * viewport.z + 0.5 - inside, 0.0, 1.0); }

// Matte with a soft key light: the side towards the viewer keeps the colour of the colour bar.
// `key` and `gloss` are the cosines of the normal to that light and to the middle between it and the viewer; `edge` is
// 0 in the middle of the shape's picture and 1 at its outline, where the rim light lies.
vec3 shade(vec3 color, float key, float gloss, float edge) {
  float light = 0.66 + 0.36 * clamp(0.5 + 0.5 * key, 0.0, 1.0);
  float g3 = gloss * gloss * gloss;
  float g6 = g3 * g3;
  float g12 = g6 * g6;
  vec3 lit = color * light + 0.05 * step(0.0, gloss) * g12 * g12;
  return mix(lit, rim.rgb, rim.w * edge * edge * edge);
}

// The edge of a shape that the ground swallows (`lost` 1) is light; a ball is parted from what lies behind it by a line
// of the ground's colour, `parting` strong.
vec3 outline(vec3 lit, float lost, float inside, float parting) {
  float part = clamp(1.0 - inside / (kPartingWidth * viewport.z), 0.0, 1.0);
  lit = mix(lit, background.rgb, parting * part * (1.0 - lost));
  return mix(lit, rim.rgb, kOutline * lost * edge_line(inside, kOutlineWidth));
}
