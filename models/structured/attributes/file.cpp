#include "models/structured/attributes/file.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "models/structured/features/features.h"
#include "models/weights/load.h"

namespace purlscope::models::structured {
namespace {

constexpr std::int64_t kSpreads = 3;

at::Tensor positive(const core::SafeTensors& file, const std::string& name, std::int64_t count) {
  at::Tensor tensor = load_tensor(file, name, {count});
  if ((tensor > 0).all().item<bool>()) return tensor;
  throw Error(Code::bad_format,
              fmt::format("{}: tensor {} holds values that are not positive", file.path().string(), name));
}

LabelTexts read_reversed(const core::SafeTensors& file, const LabelTexts& forward, std::int64_t classes) {
  LabelTexts out;
  if (classes == 0) return out;
  out.features = load_tensor(file, "attributes.reversed_features", {classes, kTextsPerLabel, forward.features.size(2)});
  out.words = load_tensor(file, "attributes.reversed_words", {classes, forward.words.size(1)});
  return out;
}

}  // namespace

void store(const AttributeView& view, WeightTensors& tensors) {
  tensors["attributes.ridge"] = store_tensor(view.ridge);
  tensors["attributes.whitening"] = store_tensor(view.whitening, "F16");
  tensors["attributes.centre"] = store_tensor(view.centre);
  tensors["attributes.prototypes"] = store_tensor(view.prototypes);
  tensors["attributes.mean_votes"] = store_tensor(view.mean_votes);
  tensors["attributes.mean_place"] = store_tensor(view.mean_place);
  tensors["attributes.spreads"] = store_tensor(at::tensor({view.motion_spread, view.text_spread, view.spread}));
  tensors["attributes.word_mean"] = store_tensor(view.words.mean);
  tensors["attributes.word_spread"] = store_tensor(view.words.spread);
  if (!view.reversed.features.defined()) return;
  tensors["attributes.reversed_features"] = store_tensor(view.reversed.features, "F16");
  tensors["attributes.reversed_words"] = store_tensor(view.reversed.words, "F16");
}

AttributeView read_attribute_view(const core::SafeTensors& file, const LabelTexts& forward, double lexicon) {
  AttributeView view;
  view.ridge = load_tensor(file, "attributes.ridge", {kClipMeasures, -1});
  const std::int64_t classes = view.ridge.size(1);
  if (classes < forward.count()) {
    throw Error(Code::shape_mismatch,
                fmt::format("{}: tensor attributes.ridge serves {} classes, expected the {} of the file, or more",
                            file.path().string(), classes, forward.count()));
  }
  view.whitening = load_tensor(file, "attributes.whitening", {kClipMeasures, kClipMeasures});
  view.centre = load_tensor(file, "attributes.centre", {kClipMeasures});
  view.prototypes = load_tensor(file, "attributes.prototypes", {classes, kClipMeasures});
  view.mean_votes = load_tensor(file, "attributes.mean_votes", {classes});
  view.mean_place = load_tensor(file, "attributes.mean_place", {kClipMeasures});
  const at::Tensor spreads = positive(file, "attributes.spreads", kSpreads);
  view.motion_spread = spreads[0].item<double>();
  view.text_spread = spreads[1].item<double>();
  view.spread = spreads[2].item<double>();
  view.words = {load_tensor(file, "attributes.word_mean", {forward.words.size(1)}),
                positive(file, "attributes.word_spread", forward.words.size(1))};
  view.reversed = read_reversed(file, forward, classes - forward.count());
  set_texts(view, forward, lexicon);
  return view;
}

}  // namespace purlscope::models::structured
