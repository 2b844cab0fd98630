in vec2 ndc;
flat in vec4 sphere;
flat in vec4 paint;
flat in float pixel;
flat in float mute;
flat in int style;

out vec4 color;

const int kSolid = 0;
const int kInferred = 1;   // smaller, inside a dashed ring
const int kHollow = 2;     // a ring: there is no value
const int kHollowInferred = 3;
const float kDashes = 7.0;
const float kDashShare = 0.60;
const float kInferredBall = 0.60;  // of the ring's radius
const float kTau = 6.2831853;

void main() {
  vec3 origin, direction;
  pixel_ray(ndc, origin, direction);
  vec3 from_centre = origin - sphere.xyz;
  float along = -dot(from_centre, direction);
  vec3 nearest = from_centre + along * direction;
  float distance = length(nearest);

  float ball = style == kSolid ? sphere.w : style == kInferred ? sphere.w * kInferredBall : 0.0;
  float inside_ball = style >= kHollow ? -1e3 : (ball - distance) / pixel;
  float inside_ring = -1e3;
  if (style != kSolid) {
    float width = max((style >= kHollow ? 0.24 : 0.17) * sphere.w, 1.3 * viewport.z * pixel);
    inside_ring = min(sphere.w - distance, distance - (sphere.w - width)) / pixel;
    if (style != kHollow) {
      float turn = fract(atan(nearest.y, nearest.x) / kTau * kDashes);
      float dash = (0.5 * kDashShare - abs(turn - 0.5)) * kTau / kDashes * distance / pixel;
      inside_ring = min(inside_ring, dash);
    }
  }
  cover(max(inside_ball, inside_ring));

  float reach = inside_ball > -1.0 ? sqrt(max(ball * ball - distance * distance, 0.0)) : 0.0;
  vec3 hit = origin + (along - reach) * direction;
  float edge = 1.0 - reach / max(ball, 1e-6);
  vec3 shaded = shade(paint.rgb, normalize(hit - sphere.xyz + vec3(0, 0, 1e-6)), edge);
  // A thin line parts the ball from the bones behind it: of the ground's colour, or light where the ground swallows it.
  float line = clamp(1.0 - inside_ball / (1.4 * viewport.z), 0.0, 1.0);
  float lost = swallowed(paint.rgb);
  shaded = mix(shaded, background.rgb, 0.75 * line * (1.0 - lost));
  shaded = mix(shaded, rim.rgb, kOutline * lost * edge_line(inside_ball, kOutlineWidth));
  vec3 result = inside_ball > inside_ring ? shaded : mix(paint.rgb, muted.rgb, 0.75);
  result = mix(result, background.rgb, mute);
  color = vec4(result * paint.a, paint.a);
  gl_FragDepth = window_depth(hit.z);
}
