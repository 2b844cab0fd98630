#pragma once

#include "core/formats/dataset.h"

namespace purlscope::core {

/// Classes that only the recordings state: of a mixed folder the labels found, sorted; of a published set the class of
/// an entry whose name states none. Entries whose clip was not read stay as they are.
void take_labels_from_facts(Dataset& dataset);

}  // namespace purlscope::core
