uniform sampler2DMS layer;

out vec4 color;

// Brings the four samples of the bodies' layer together; premultiplied.
void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  color = 0.25 * (texelFetch(layer, pixel, 0) + texelFetch(layer, pixel, 1) + texelFetch(layer, pixel, 2) +
                  texelFetch(layer, pixel, 3));
}
