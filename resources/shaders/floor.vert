out vec2 place;  // metres, x and z

void main() {
  place = ground.xy + kCorners[gl_VertexID] * ground.w;
  gl_Position = projection * view * vec4(place.x, ground.z, place.y, 1.0);
}
