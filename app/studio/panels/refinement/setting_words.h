#pragma once

#include <QString>
#include <string>

namespace purlscope::app {

/// What a setting of refinement is called, and what it does, for people.
struct SettingWords {
  QString name;
  QString about;
};

/// @param key  as core::RefineSetting has it; one that is not known here is called by its key
SettingWords setting_words(const std::string& key);

/// What a way of refinement does. @param what as core::RefineMethod has it; one that is not known here is shown as it
/// is
QString method_about(const std::string& what);

}  // namespace purlscope::app
