#pragma once

#include <string>
#include <vector>

#include "render/overlay/canvas.h"

namespace purlscope::render {

/// Upper right: colours, ends, middle, unit and range. @return left end of what it takes, device pixels
float draw_color_bar(const Canvas& canvas, const Quantity& quantity);

/// Upper left: label and sentence in bold on one line, the sentence's text on at most two below. @return right lower
/// corner, device pixels
glm::vec2 draw_title(const Canvas& canvas, const Quantity& quantity, float right_limit);

/// Under the title: one line a label, scores flush right, the first in bold. @return lower end, device pixels
float draw_scores(const Canvas& canvas, const Scene& scene, float top);

/// Lower left: the caption, and above it the joints of the chosen person that have no position.
void draw_caption(const Canvas& canvas, const Scene& scene);

/// "Person 1" above the heads when there are several persons.
void draw_person_names(const Canvas& canvas, const Scene& scene);

/// Rings around the pinned joints and the hovered one, with name, value, rank and state beside them.
/// @param panels  right lower corner of the panels in the upper left, which the names leave free when they can
void draw_marks(const Canvas& canvas, const Scene& scene, glm::vec2 panels);

}  // namespace purlscope::render
