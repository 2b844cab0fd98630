#pragma once

#include <ATen/ATen.h>

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "core/text/labels.h"
#include "models/structured/kinematics/concepts.h"

namespace purlscope::models::structured {

/// Parts of a label in which words of motion concepts are counted: its eight sentences, then its name.
inline constexpr std::int64_t kConceptParts = static_cast<std::int64_t>(core::kSentenceCount) + 1;

/// A motion concept as descriptions speak of it.
struct Concept {
  std::string title;                          ///< "the hips rise"
  std::vector<std::size_t> joints;            ///< of kinect20, on which it shows
  std::array<double, kConceptParts> weights;  ///< of each part, summing to 1
  std::vector<std::string> more, less;        ///< words and phrases, lower case, longer ones first
  std::size_t count = 1;                      ///< an occurrence counts so many times, at most two in all
  bool apart = false;                         ///< `less` is looked for in what `more` leaves of the text
};

/// The words of all motion concepts: what a description says of each measure, without any training.
class ConceptWords {
 public:
  /// `resources/lexicon/concepts.json`, read once. Thread: any. @throws as read()
  static const ConceptWords& bundled();
  /// @throws Error{Code::not_found, Code::bad_format} naming the file and what is wrong with it
  static ConceptWords read(const std::filesystem::path& file);

  const std::vector<Concept>& concepts() const { return concepts_; }
  /// How much a label's parts say for a concept (positive) or against it, weighted by the part; the parts of a concept
  /// add up to at most 2 in size. [22 x 9], part fastest
  std::vector<float> say(const core::Label& label) const;

 private:
  std::vector<Concept> concepts_;
};

/// Mean and spread of what descriptions say of each concept: the measure by which a label says much or little.
struct ConceptScale {
  at::Tensor mean;    ///< [22, 9] of each part
  at::Tensor spread;  ///< [22] of the parts' sum, never below a floor
};

/// Over the bundled description bank, measured once. Thread: any.
const ConceptScale& bank_scale();

/// What labels say on the scale: how many spreads above the mean, parts adding up to -2.5 to 2.5. @param said [L, 22,
/// 9]
at::Tensor on_scale(const at::Tensor& said, const ConceptScale& scale);

}  // namespace purlscope::models::structured
