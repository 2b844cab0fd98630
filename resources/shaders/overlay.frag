in vec2 place;
in vec4 tone;

uniform sampler2D glyphs;  // coverage in red

out vec4 color;

void main() {
  float alpha = tone.a * texture(glyphs, place).r;
  color = vec4(tone.rgb * alpha, alpha);
}
