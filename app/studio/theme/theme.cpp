#include "app/studio/theme/theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFontDatabase>
#include <QStyleFactory>

#include "app/studio/theme/icons.h"

namespace purlscope::app {
namespace {

// XDG desktop portal, interface org.freedesktop.portal.Settings.
const auto kPortalService = QStringLiteral("org.freedesktop.portal.Desktop");
const auto kPortalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const auto kPortalInterface = QStringLiteral("org.freedesktop.portal.Settings");
const auto kAppearance = QStringLiteral("org.freedesktop.appearance");
const auto kColorScheme = QStringLiteral("color-scheme");
constexpr uint kPreferLight = 2;

/// The portal wraps the value in one or two variants, depending on its version.
uint unwrap(QVariant value) {
  while (value.canConvert<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
  return value.toUInt();
}

}  // namespace

Theme::Theme(QObject* parent) : QObject(parent) {
  ask_portal();
  apply();
}

void Theme::choose(ThemeChoice choice) {
  if (choice == choice_) return;
  choice_ = choice;
  apply();
}

Scheme Theme::scheme() const {
  if (choice_ == ThemeChoice::system) return system_;
  return choice_ == ThemeChoice::dark ? Scheme::dark : Scheme::light;
}

void Theme::ask_portal() {
  QDBusConnection bus = QDBusConnection::sessionBus();
  if (!bus.isConnected()) return;
  bus.connect(kPortalService, kPortalPath, kPortalInterface, QStringLiteral("SettingChanged"), this,
              SLOT(portal_setting_changed(QString, QString, QDBusVariant)));
  QDBusMessage call =
      QDBusMessage::createMethodCall(kPortalService, kPortalPath, kPortalInterface, QStringLiteral("Read"));
  call << kAppearance << kColorScheme;
  auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
    const QDBusPendingReply<QVariant> reply = *done;
    if (!reply.isError()) take_portal_value(unwrap(reply.value()));
    done->deleteLater();
  });
}

void Theme::portal_setting_changed(const QString& group, const QString& key, const QDBusVariant& value) {
  if (group == kAppearance && key == kColorScheme) take_portal_value(unwrap(QVariant::fromValue(value)));
}

void Theme::take_portal_value(uint value) {
  const Scheme preferred = value == kPreferLight ? Scheme::light : Scheme::dark;
  if (preferred == system_) return;
  system_ = preferred;
  if (choice_ == ThemeChoice::system) apply();
}

void Theme::apply() {
  QApplication::setPalette(make_palette(scheme()));
  qApp->setStyleSheet(make_style_sheet(scheme(), icon_folder()));
  Q_EMIT changed();
}

void prepare_application() {
  QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
  QFont font = QApplication::font();
  if (QFontDatabase::families().contains(QStringLiteral("Inter"))) font.setFamily(QStringLiteral("Inter"));
  font.setPixelSize(kBaseFont);
  QApplication::setFont(font);
  QApplication::setWindowIcon(application_icon());
}

}  // namespace purlscope::app
