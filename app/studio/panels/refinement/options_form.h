#pragma once

#include <QWidget>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/engine/refinement.h"

class QAbstractSpinBox;
class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;

namespace purlscope::app {

/// Method of refinement and the settings that it heeds. Nothing changes before "Apply". Thread: UI.
class OptionsForm : public QWidget {
  Q_OBJECT

 public:
  explicit OptionsForm(QWidget* parent = nullptr);

  /// The ways there are; the first one is the default. Needed before anything is shown.
  void set_methods(const std::vector<core::RefineMethod>& methods);
  /// Shows the settings in force, unless they are known: then what is being filled in stays.
  /// @param settings as core::RefinementState has them
  void show_in_force(const nlohmann::json& settings);
  /// As they stand in the form.
  nlohmann::json settings() const;
  void focus_first();

 Q_SIGNALS:
  void applied(const nlohmann::json& settings);

 private:
  const core::RefineMethod* method() const;
  void show_settings(const nlohmann::json& settings);
  void fill(const nlohmann::json& values);
  QWidget* make_field(const core::RefineSetting& setting, const nlohmann::json& values);
  void update_buttons();

  std::vector<core::RefineMethod> methods_;
  nlohmann::json in_force_;
  QComboBox* method_;
  QLabel* about_;
  QFormLayout* form_;
  QWidget* fields_ = nullptr;
  std::map<std::string, QAbstractSpinBox*> boxes_;
  QCheckBox* guard_;
  QPushButton* apply_;
  QPushButton* defaults_;
};

}  // namespace purlscope::app
