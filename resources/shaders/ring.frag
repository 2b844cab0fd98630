noperspective in vec2 place;
flat in vec4 paint;
flat in vec3 shape;
flat in float mute;
flat in int style;

out vec4 color;

const int kInferred = 1;   // a smaller ball inside a dashed ring
const int kHollow = 2;     // a ring: there is no value
const int kHollowInferred = 3;
const float kDashes = 7.0;
const float kDashShare = 0.60;
const float kInferredBall = 0.60;  // of the ring's radius
const float kTau = 6.2831853;

// Distance to the edge of the ring or its dash, pixels, positive inside.
float inside_ring(float distance) {
  float width = max((style >= kHollow ? 0.24 : 0.17) * shape.x, 1.3 * viewport.z);
  float inside = min(shape.x - distance, distance - (shape.x - width));
  if (style == kHollow) return inside;
  float turn = fract(atan(place.y, place.x) / kTau * kDashes);
  return min(inside, (0.5 * kDashShare - abs(turn - 0.5)) * kTau / kDashes * distance);
}

void main() {
  float distance = length(place);
  float ring = inside_ring(distance);
  float radius = shape.x * kInferredBall;
  float ball = style == kInferred ? radius - distance : -1e3;
  float covered = coverage(max(ball, ring));
  if (covered < kFaintest) discard;

  vec2 aside = place / radius;
  float front = sqrt(max(1.0 - dot(aside, aside), 0.0));
  vec3 normal = vec3(aside, front);
  vec3 lit = shade(paint.rgb, dot(normal, kKeyLight), dot(normal, kGloss), 1.0 - front);
  lit = ball > ring ? outline(lit, swallowed(paint.rgb), ball, 0.75) : mix(paint.rgb, muted.rgb, 0.75);
  float alpha = covered * paint.a;
  color = vec4(mix(lit, background.rgb, mute) * alpha, alpha);
  gl_FragDepth = shape.y - (ball > ring ? front * kInferredBall * shape.z : 0.0);
}
