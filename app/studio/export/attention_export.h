#pragma once

#include <QString>
#include <map>
#include <string>

#include "app/studio/export/figures/matrix_figure.h"
#include "app/studio/panels/attention/matrix_data.h"
#include "core/formats/numpy/npz_writer.h"

namespace purlscope::app {

/// Both matrices of the attention panel as a figure, joints above time.
/// @param recording  its name
MatrixFigure attention_figure(const ShownAttention& shown, const QString& recording);

/// Both matrices as a table, one line a cell: recording, label, matrix ("joints", "time"), sentence, joint, begin_s and
/// end_s of what was summed over (s of the recognition), measure, value, unit. Words are English for every language.
std::string attention_csv(const ShownAttention& shown, const std::string& recording);

/// Arrays of an npz: those of `purlscope attend`, and what the panel shows: `over_joints` [8,J] in the order of
/// `shown_joints` [J], `over_time` [8,T'], `measure`, `unit`, `label`, `recording`, `model`, and `moment` (s) where the
/// matrix over joints is that of the playhead.
std::map<std::string, core::NpzValue> attention_npz(const ShownAttention& shown, const std::string& recording);

}  // namespace purlscope::app
