#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/base/clip.h"
#include "core/base/progress.h"
#include "core/skeleton/disturb.h"
#include "core/text/labels.h"

namespace purlscope::core {

/// A data set in memory, as training and evaluation want it. `clips[i]->label_index` counts in `labels`.
struct ClipSet {
  std::string kind;  ///< "utd-mhad", "nw-ucla", "msr-action3d", "ntu-rgbd", "folder"
  std::string path;
  std::vector<Label> labels;         ///< class order of the data set, with their descriptions
  std::vector<std::string> classes;  ///< the same classes by their names in the data set, whatever the texts call them
  std::string text_source;           ///< "bank", or the file the descriptions came from
  std::vector<std::string> further_sources;  ///< the files of their further wordings, in order
  std::vector<ClipPtr> clips;
  std::set<std::size_t> repeats;      ///< clips that repeat an earlier one exactly: a test counts them once
  std::vector<std::string> problems;  ///< repetitions, and recordings left out (one-frame clips, ...) with the reason
};

/// A class that may not have been trained on.
struct ForbiddenClass {
  std::string kind;  ///< of its data set
  std::string name;  ///< in the data set's class list
  int index = -1;    ///< in the data set's class order, -1 when that is not fixed
};

/// One zero-shot problem: which classes of `target` are unseen, and further training sets without same-meaning classes.
struct LabData {
  ClipSet target;
  std::vector<ClipSet> others;                        ///< `--with`
  std::string split;                                  ///< name shown: "ru5", "random:5:0", a file name
  std::vector<int> unseen;                            ///< class indices of target, in the order of the split
  std::vector<std::pair<std::size_t, int>> left_out;  ///< (index in others, class): same meaning as an unseen class
  std::vector<ForbiddenClass> forbidden;              ///< the unseen classes and all, of any set, that mean the same
};

struct TrainOptions {
  std::filesystem::path out;  ///< folder for checkpoints, `model.safetensors`, `card.md`, `train.json`
  nlohmann::json config;      ///< documented keys only; unknown ones are refused by name
  std::uint64_t seed = 0;
  bool resume = true;
  bool paraphrases = false;  ///< labels may have several wordings
};

struct EvaluateOptions {
  /// structured | purls | dynapurls | revise | devise | jpose | cada-vae | synse | smie | global
  std::string method = "structured";
  std::string protocol = "leak-free";  ///< leak-free | published
  std::string backbone;                ///< empty = the method's own
  std::filesystem::path model;         ///< folder of a trained model, empty = train afresh for the split
  int seeds = 1;
  bool generalised = false;               ///< also all classes as candidates: S, U and H by calibrated stacking
  bool calibration = false;               ///< also the calibration error of the probabilities
  bool faithfulness = false;              ///< also the deletion test of attention and contribution
  std::vector<Disturbance> disturbances;  ///< also the accuracy under each of these
  int orders = 0;                         ///< above 0: as a stream that refines itself, in so many random orders
  nlohmann::json refinement;              ///< its method and settings; null = the method's own
  bool count_repeats = false;             ///< counts repeated recordings as often as they lie in the folder
  bool paraphrases = false;               ///< labels may have several wordings
  nlohmann::json config;                  ///< options of the method (structured: lexicon, centring, ...)
};

/// Training and evaluation. A job owns its model; it never touches the live engine. Thread: the caller's, which the
/// job keeps until it is done. Every call throws Error{Code::cancelled} soon after the stop token asks for it,
/// Error{Code::bad_argument} for an unknown method, protocol or config key, and what reading model or texts throws.
class Lab {
 public:
  virtual ~Lab() = default;
  /// Refuses settings that would fail whatever the data are, before anyone reads these. The jobs check as well.
  /// @throws Error{Code::bad_argument} naming what was found and what is known
  virtual void check(const TrainOptions& options) const = 0;
  virtual void check(const EvaluateOptions& options) const = 0;
  /// @return the JSON of `purlscope train` (epochs, seen_loss, seconds, model)
  /// @throws Error{Code::io} when `options.out` cannot be written
  virtual nlohmann::json train(const LabData& data, const TrainOptions& options, const ProgressFn& progress,
                               std::stop_token stop) = 0;
  /// @return the JSON of `purlscope evaluate`
  virtual nlohmann::json evaluate(const LabData& data, const EvaluateOptions& options, const ProgressFn& progress,
                                  std::stop_token stop) = 0;
  /// Fits the shipped recogniser on all classes of all sets and writes it. @return facts for the model card
  virtual nlohmann::json fit_default_model(const std::vector<ClipSet>& sets, const std::filesystem::path& out,
                                           const ProgressFn& progress, std::stop_token stop) = 0;
};

}  // namespace purlscope::core
