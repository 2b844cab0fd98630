#pragma once

#include <vector>

class QWidget;

namespace purlscope::app {

/// Makes Tab come to every control of the areas, one area after the other, each in the order in which its controls were
/// made. (Qt loses controls on the way when panels are put into docks.) Thread: UI.
void chain_focus(const std::vector<QWidget*>& areas);

}  // namespace purlscope::app
