in vec2 offset;
flat in float strength;
out vec4 color;

void main() {
  float falloff = max(1.0 - dot(offset, offset), 0.0);
  color = vec4(0.0, 0.0, 0.0, strength * falloff * falloff);
}
