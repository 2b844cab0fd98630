#pragma once

#include <QObject>

#include "app/studio/theme/tokens.h"

class QDBusVariant;

namespace purlscope::app {

/// What the user chose: one of the two schemes, or whatever the desktop prefers.
enum class ThemeChoice { system, dark, light };

/// Applies the palettes to the application and follows the desktop's preference (the `color-scheme` setting of the
/// XDG settings portal) while the choice is `system`. Where the desktop says nothing the theme is dark.
/// Thread: UI.
class Theme : public QObject {
  Q_OBJECT

 public:
  explicit Theme(QObject* parent = nullptr);

  /// Repaints the application when it changes something.
  void choose(ThemeChoice choice);
  ThemeChoice choice() const { return choice_; }
  /// What is shown.
  Scheme scheme() const;

 Q_SIGNALS:
  void changed();

 private Q_SLOTS:
  void portal_setting_changed(const QString& group, const QString& key, const QDBusVariant& value);

 private:
  void ask_portal();
  void take_portal_value(uint value);
  void apply();

  ThemeChoice choice_ = ThemeChoice::system;
  Scheme system_ = Scheme::dark;
};

/// Fusion style, base font (Inter where installed) and the palette of the dark scheme. Call once after QApplication.
void prepare_application();

}  // namespace purlscope::app
