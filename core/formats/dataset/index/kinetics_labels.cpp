#include "core/formats/dataset/index/kinetics_labels.h"

#include <fmt/format.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/log.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

using Labels = std::unordered_map<std::string, int>;

/// Depth 1 names the clips, depth 2 holds a clip's fields; all else is passed over.
class LabelHandler : public nlohmann::json_sax<nlohmann::json> {
 public:
  LabelHandler(Labels& labels, const std::vector<std::string>& classes, const std::stop_token& stop)
      : labels_(labels), stop_(stop), count_(static_cast<std::int64_t>(classes.size())) {
    for (std::size_t i = 0; i < classes.size(); ++i) index_of_.emplace(classes[i], static_cast<int>(i));
  }

  bool start_object(std::size_t) override {
    ++depth_;
    if (depth_ == 2) index_ = name_index_ = -1;
    return true;
  }
  bool key(string_t& value) override {
    if (depth_ == 1) clip_ = value;
    if (depth_ == 2) field_ = value;
    return true;
  }
  bool string(string_t& value) override {
    if (depth_ != 2 || field_ != "label") return true;
    const auto found = index_of_.find(value);
    if (found != index_of_.end()) name_index_ = found->second;
    return true;
  }
  bool number_integer(number_integer_t value) override { return integer(value); }
  bool number_unsigned(number_unsigned_t value) override {
    return integer(value > static_cast<number_unsigned_t>(count_) ? -1 : static_cast<std::int64_t>(value));
  }
  bool end_object() override {
    const int index = name_index_ >= 0 ? name_index_ : index_;
    if (depth_ == 2 && index >= 0) labels_[clip_] = index;
    --depth_;
    return !stop_.stop_requested();
  }
  bool start_array(std::size_t) override {
    ++depth_;
    return true;
  }
  bool end_array() override {
    --depth_;
    return true;
  }
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    error_at_ = position;
    return false;
  }

  std::size_t error_at() const { return error_at_; }

 private:
  bool integer(std::int64_t value) {
    if (depth_ == 2 && field_ == "label_index" && value >= 0 && value < count_) index_ = static_cast<int>(value);
    return true;
  }

  Labels& labels_;
  const std::stop_token& stop_;
  std::int64_t count_;
  std::map<std::string, int> index_of_;
  std::string clip_, field_;
  int depth_ = 0, index_ = -1, name_index_ = -1;
  std::size_t error_at_ = 0;
};

void read_file(const fs::path& file, const std::vector<std::string>& classes, const std::stop_token& stop,
               Labels& labels) {
  std::ifstream in(file);
  LabelHandler handler(labels, classes, stop);
  if (nlohmann::json::sax_parse(in, &handler)) return;
  throw_if_stopped(stop);
  log(LogLevel::warning, fmt::format("{}: the label file breaks off at byte {}; labels after it are not known",
                                     file.string(), handler.error_at()));
}

}  // namespace

Labels read_kinetics_labels(const fs::path& folder, const std::vector<std::string>& classes,
                            const std::stop_token& stop) {
  Labels labels;
  std::error_code ignored;
  const fs::path place = fs::weakly_canonical(folder, ignored);
  for (const fs::path& where : {place, place.parent_path()}) {
    for (const char* name : {"kinetics_train_label.json", "kinetics_val_label.json"}) {
      if (fs::is_regular_file(where / name, ignored)) read_file(where / name, classes, stop, labels);
    }
  }
  return labels;
}

}  // namespace purlscope::core
