#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "app/cli/bench/measure.h"
#include "app/cli/bench/subject.h"
#include "app/cli/support/json_output.h"

namespace purlscope::app::cli {

/// A stage made ready to run.
struct Prepared {
  TimedRun run;
  std::function<Json()> facts = {};  ///< what else the runs showed: fields of its JSON
};

struct Stage {
  const char* name;
  const char* what;
  Prepared (*prepare)(Subject& subject);  ///< @throws Error where this machine cannot do it
  bool needs_gpu = false;                 ///< left out where no GPU answers, unless it is named
};

/// All stages, in the order of a recognition. `new_label`, `score_120`, `explain_120` and `refine_step` change the
/// engine's labels; each sets those that it needs.
std::span<const Stage> stages();

/// The stages of `--stages`. @param names  separated by commas; empty = all that this machine may do
/// @throws Error{Code::bad_argument} naming the known ones
std::vector<const Stage*> chosen_stages(const std::string& names);

/// In files of their own.
Prepared prepare_new_label(Subject& subject);
Prepared prepare_encode_label(Subject& subject);
Prepared prepare_score_120(Subject& subject);
Prepared prepare_explain_120(Subject& subject);
Prepared prepare_refine_step(Subject& subject);
Prepared prepare_gpu_window(Subject& subject);
Prepared prepare_gpu_batch(Subject& subject);
Prepared prepare_render_1(Subject& subject);
Prepared prepare_render_100(Subject& subject);

}  // namespace purlscope::app::cli
