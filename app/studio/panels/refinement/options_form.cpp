#include "app/studio/panels/refinement/options_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

#include "app/studio/panels/refinement/setting_words.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr int kFineDecimals = 4;  // of settings that are small by default
constexpr int kDecimals = 2;
constexpr double kSmall = 0.1;
constexpr double kStepShare = 0.1;  // of the default, from one step of the box to the next
constexpr double kLeastStep = 0.05;
constexpr int kMostWhole = 100000;

QFormLayout* make_layout(QWidget* parent) {
  auto* form = new QFormLayout(parent);
  form->setContentsMargins(0, 0, 0, 0);
  form->setHorizontalSpacing(12);
  form->setVerticalSpacing(4);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  return form;
}

double value_of(const QAbstractSpinBox* box) {
  if (const auto* whole = qobject_cast<const QSpinBox*>(box)) return whole->value();
  return static_cast<const QDoubleSpinBox*>(box)->value();
}

}  // namespace

OptionsForm::OptionsForm(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("refinement_options"));
  method_ = new QComboBox;
  method_->setObjectName(QStringLiteral("refinement_method"));
  method_->setAccessibleName(tr("Method"));
  method_->setToolTip(tr("How it learns from what it watches"));
  about_ = new QLabel;
  about_->setObjectName(QStringLiteral("note"));
  about_->setWordWrap(true);
  guard_ = new QCheckBox(tr("Guard"));
  guard_->setObjectName(QStringLiteral("refinement_guard"));
  guard_->setToolTip(tr("Throw away what was learned when the answers drift, and say so"));
  apply_ = new QPushButton(tr("Apply"));
  apply_->setObjectName(QStringLiteral("refinement_apply"));
  apply_->setToolTip(tr("Start anew with these settings"));
  defaults_ = new QPushButton(tr("Defaults"));
  defaults_->setObjectName(QStringLiteral("refinement_defaults"));
  defaults_->setToolTip(tr("Fill in the settings that the program comes with"));
  auto* fixed = new QWidget;
  form_ = make_layout(fixed);
  form_->addRow(tr("Method"), method_);
  form_->addRow(about_);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(kGrid);
  buttons->addWidget(guard_);
  buttons->addStretch();
  for (QPushButton* button : {defaults_, apply_}) {
    button->setAutoDefault(false);
    buttons->addWidget(button);
  }
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(fixed);
  column->addLayout(buttons);
  column->addStretch();
  connect(method_, &QComboBox::currentIndexChanged, this, [this] { fill(nullptr); });
  connect(guard_, &QCheckBox::toggled, this, &OptionsForm::update_buttons);
  connect(defaults_, &QPushButton::clicked, this, [this] { show_settings(nullptr); });
  connect(apply_, &QPushButton::clicked, this, [this] { Q_EMIT applied(settings()); });
  setEnabled(false);
}

void OptionsForm::set_methods(const std::vector<core::RefineMethod>& methods) {
  methods_ = methods;
  {
    const QSignalBlocker quiet(method_);
    method_->clear();
    for (const core::RefineMethod& known : methods_) {
      method_->addItem(QString::fromStdString(known.name));
      method_->setItemData(method_->count() - 1, plain_tooltip(method_about(known.what)), Qt::ToolTipRole);
    }
  }
  setEnabled(!methods_.empty());
  show_settings(nullptr);
}

const core::RefineMethod* OptionsForm::method() const {
  const auto index = static_cast<std::size_t>(method_->currentIndex());
  return index < methods_.size() ? &methods_[index] : nullptr;
}

void OptionsForm::show_in_force(const nlohmann::json& settings) {
  if (settings == in_force_) return;
  in_force_ = settings;
  show_settings(settings);
}

/// @param settings  null = the defaults
void OptionsForm::show_settings(const nlohmann::json& settings) {
  const std::string wanted = settings.is_object() ? settings.value("method", std::string()) : std::string();
  const auto found = std::ranges::find(methods_, wanted, &core::RefineMethod::name);
  {
    const QSignalBlocker quiet(method_);
    method_->setCurrentIndex(found == methods_.end() ? 0 : static_cast<int>(found - methods_.begin()));
  }
  fill(settings);
}

QWidget* OptionsForm::make_field(const core::RefineSetting& setting, const nlohmann::json& values) {
  const double value = values.is_object() ? values.value(setting.key, setting.standard) : setting.standard;
  QAbstractSpinBox* box = nullptr;
  if (setting.whole) {
    auto* whole = new QSpinBox;
    whole->setRange(static_cast<int>(setting.lowest), static_cast<int>(std::min<double>(setting.highest, kMostWhole)));
    whole->setValue(static_cast<int>(value));
    connect(whole, &QSpinBox::valueChanged, this, &OptionsForm::update_buttons);
    box = whole;
  } else {
    auto* real = new QDoubleSpinBox;
    const bool fine = setting.standard > 0 && setting.standard < kSmall;
    real->setDecimals(fine ? kFineDecimals : kDecimals);
    real->setRange(setting.lowest, setting.highest);
    real->setSingleStep(fine ? setting.standard * kStepShare : std::max(kLeastStep, setting.standard * kStepShare));
    real->setValue(value);
    connect(real, &QDoubleSpinBox::valueChanged, this, &OptionsForm::update_buttons);
    box = real;
  }
  const SettingWords words = setting_words(setting.key);
  box->setObjectName(QStringLiteral("refinement_setting_") + QString::fromStdString(setting.key));
  box->setAccessibleName(words.name);
  box->setToolTip(words.about);
  boxes_[setting.key] = box;
  return box;
}

void OptionsForm::fill(const nlohmann::json& values) {
  const core::RefineMethod* chosen = method();
  if (chosen == nullptr) return;
  about_->setText(method_about(chosen->what));
  boxes_.clear();
  if (fields_ != nullptr) form_->removeRow(fields_);
  fields_ = new QWidget;
  QFormLayout* fields = make_layout(fields_);
  for (const core::RefineSetting& setting : chosen->settings) {
    fields->addRow(setting_words(setting.key).name, make_field(setting, values));
  }
  form_->addRow(fields_);
  {
    const QSignalBlocker quiet(guard_);
    guard_->setChecked(values.is_object() ? values.value("guard", true) : true);
  }
  update_buttons();
}

nlohmann::json OptionsForm::settings() const {
  const core::RefineMethod* chosen = method();
  if (chosen == nullptr) return nullptr;
  nlohmann::json out = {{"method", chosen->name}, {"guard", guard_->isChecked()}};
  for (const core::RefineSetting& setting : chosen->settings) {
    const double value = value_of(boxes_.at(setting.key));
    if (setting.whole) {
      out[setting.key] = static_cast<std::int64_t>(value);
    } else {
      out[setting.key] = value;
    }
  }
  return out;
}

void OptionsForm::update_buttons() {
  const nlohmann::json now = settings();
  bool other = !in_force_.is_object();
  for (const auto& [key, value] : now.items()) {
    if (!other && in_force_.contains(key)) other = in_force_[key] != value;
  }
  apply_->setEnabled(other);
}

void OptionsForm::focus_first() { method_->setFocus(Qt::OtherFocusReason); }

}  // namespace purlscope::app
