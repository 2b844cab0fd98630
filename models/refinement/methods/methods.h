#pragma once

#include <memory>

#include "models/refinement/method.h"

namespace purlscope::models::refinement {

/// Prototypes of the labels in the space of motions, found with the windows' labels by expectation maximisation.
std::unique_ptr<const Method> make_em(const Options& options);
/// Prototypes of the windows taken for each label, whatever the others say.
/// Source: prototype-guided feature alignment's replacement of text prototypes, here as a second one beside the text.
std::unique_ptr<const Method> make_prototypes(const Options& options);
/// Likeness to each remembered window on its own. Source: Tip-Adapter and Skeleton-Cache, training-free.
std::unique_ptr<const Method> make_cache(const Options& options);
/// Subtracts a running mean of each label's score.
std::unique_ptr<const Method> make_running_mean(const Options& options);
/// Standardises features by the stream's own running mean and deviation.
std::unique_ptr<const Method> make_normalisation(const Options& options);
/// Subtracts half the mean of the highest scores that a label has in the bank.
/// Source: cross-domain similarity local scaling, Conneau et al. 2018.
std::unique_ptr<const Method> make_similarity(const Options& options);
/// Weighs the sentences by how often each alone agrees with all together.
std::unique_ptr<const Method> make_levels(const Options& options);
/// Scale and shift of every dimension of every sentence of every label, by gradient: DynaPURLS.
/// @param official the published objective: mean over windows, decay towards 0
std::unique_ptr<const Method> make_scale_shift(const Options& options, bool official);

}  // namespace purlscope::models::refinement
