#include "app/studio/theme/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

#include "app/studio/theme/tokens.h"
#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/paths.h"

namespace purlscope::app {
namespace {

class ThemedIconEngine final : public QIconEngine {
 public:
  explicit ThemedIconEngine(QByteArray svg) : svg_(std::move(svg)) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
    QByteArray colored = svg_;
    colored.replace("currentColor", color(mode, state).name(QColor::HexRgb).toLatin1());
    if (mode == QIcon::Disabled) painter->setOpacity(painter->opacity() * 0.45);
    QSvgRenderer(colored).render(painter, QRectF(rect));
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(&painter, QRect(QPoint(0, 0), size), mode, state);
    return pixmap;
  }

  QIconEngine* clone() const override { return new ThemedIconEngine(svg_); }

 private:
  static QColor color(QIcon::Mode mode, QIcon::State state) {
    const Tokens& t = current_tokens();
    if (mode == QIcon::Disabled) return t.muted;
    return state == QIcon::On ? t.accent : t.text;
  }

  QByteArray svg_;
};

}  // namespace

QString icon_folder() {
  try {
    return QString::fromStdString((core::resource_dir() / "icons").string());
  } catch (const Error&) {
    return {};
  }
}

QIcon themed_icon(const QString& name) {
  QFile file(icon_folder() + QLatin1Char('/') + name + QStringLiteral(".svg"));
  if (!file.open(QIODevice::ReadOnly)) {
    core::log(core::LogLevel::warning, "icon " + file.fileName().toStdString() + " is missing");
    return {};
  }
  return QIcon(new ThemedIconEngine(file.readAll()));
}

QIcon application_icon() { return QIcon(icon_folder() + QStringLiteral("/purlscope.svg")); }

}  // namespace purlscope::app
