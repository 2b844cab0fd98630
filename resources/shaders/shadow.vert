// A soft round patch on the floor under each joint.
layout(location = 0) in vec4 patch_;  // x, z, radius, strength

out vec2 offset;
flat out float strength;

void main() {
  offset = kCorners[gl_VertexID];
  strength = patch_.w;
  vec2 place = patch_.xy + offset * patch_.z;
  gl_Position = projection * view * vec4(place.x, ground.z, place.y, 1.0);
}
