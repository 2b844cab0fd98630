out vec4 color;

// Round in depth: balls and bones pass through each other as solids do.
void main() {
  Surface surface = capsule_surface();
  color = surface.color;
  // A pixel that is covered in part lies further back: where shapes of one body meet, the whole ones win.
  gl_FragDepth = mix(depths.x, depths.y, surface.along) +
                 (1.0 - surface.covered - surface.front) * mix(depths.z, depths.w, surface.along);
}
