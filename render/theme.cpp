#include "render/scene.h"

namespace purlscope::render {

Theme Theme::dark() { return {}; }

Theme Theme::light() {
  Theme theme;
  theme.background = {0.953F, 0.957F, 0.965F, 1.0F};
  theme.grid = {0.72F, 0.74F, 0.78F, 1.0F};
  theme.text = {0.102F, 0.114F, 0.141F, 1.0F};
  theme.muted = {0.325F, 0.357F, 0.412F, 1.0F};
  theme.panel = {1.0F, 1.0F, 1.0F, 0.92F};
  return theme;
}

}  // namespace purlscope::render
