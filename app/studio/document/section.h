#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/studio/document/document.h"

namespace purlscope::app {

/// One object of a session file while it is read. What is absent or null leaves the value as it is; what is wrong does
/// so too and becomes a line of the problems, with the path of its key.
class Section {
 public:
  /// @param value null = an empty section
  Section(const nlohmann::json* value, std::string key, Problems& problems);

  Section section(const char* name) const;
  void read(const char* name, bool& value) const;
  void read(const char* name, std::string& value) const;
  void read(const char* name, std::optional<std::string>& value) const;
  /// @param low, high inclusive
  void read(const char* name, double& value, double low, double high) const;
  void read(const char* name, std::optional<double>& value, double low, double high) const;
  void read(const char* name, float& value, float low, float high) const;
  void read(const char* name, int& value, int low, int high) const;
  /// Index of one of the names.
  void read_choice(const char* name, std::size_t& value, std::span<const std::string_view> names) const;
  /// Calls for each item of a list, with the path of its key ("labels[3]").
  void each(const char* name, const std::function<void(const nlohmann::json&, const std::string& key)>& item) const;

  /// The member; null when it is absent or null.
  const nlohmann::json* member(const char* name) const;
  std::string key_of(const char* name) const;
  /// Adds a line to the problems. @param instead what is used now: "the best label is followed"
  void tell(const std::string& key, const nlohmann::json& found, const std::string& expected,
            const std::string& instead = "left as it is by default") const;
  explicit operator bool() const { return value_ != nullptr; }

 private:
  std::optional<double> number(const char* name, double low, double high) const;

  const nlohmann::json* value_;
  std::string key_;
  Problems* problems_;
};

}  // namespace purlscope::app
