#include "app/studio/view/viewport.h"

#include <QApplication>
#include <QGuiApplication>
#include <QMouseEvent>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QSurfaceFormat>
#include <QWheelEvent>

#include "core/base/error.h"
#include "core/base/paths.h"

namespace purlscope::app {
namespace {

constexpr std::pair<int, int> kGlVersion{4, 1};
constexpr float kWheelStep = 120.0F;  // eighths of a degree in one notch
constexpr qint64 kSecond = 1000;      // ms

QSurfaceFormat wanted_format() {
  QSurfaceFormat format;
  format.setRenderableType(QSurfaceFormat::OpenGL);
  format.setProfile(QSurfaceFormat::CoreProfile);
  format.setVersion(kGlVersion.first, kGlVersion.second);
  format.setDepthBufferSize(24);
  format.setSamples(0);  // the renderer smooths edges by itself
  return format;
}

bool same_pick(const std::optional<std::pair<int, int>>& a, const std::optional<render::Pick>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->first == b->body && a->second == b->joint;
}

}  // namespace

void set_default_surface_format() { QSurfaceFormat::setDefaultFormat(wanted_format()); }

QString gl_problem() {
  // These platforms have no OpenGL, and asking them may crash.
  const QString platform = QGuiApplication::platformName();
  for (const char* none : {"offscreen", "minimal", "vnc", "linuxfb"}) {
    if (platform == QLatin1String(none)) {
      return Viewport::tr("The display platform “%1” has no OpenGL.").arg(platform);
    }
  }
  QOpenGLContext context;
  context.setFormat(wanted_format());
  if (!context.create()) return Viewport::tr("This display offers no OpenGL context.");
  if (context.format().version() < kGlVersion) {
    return Viewport::tr("The 3-D view needs OpenGL %1.%2, this display has %3.%4.")
        .arg(kGlVersion.first)
        .arg(kGlVersion.second)
        .arg(context.format().majorVersion())
        .arg(context.format().minorVersion());
  }
  QOffscreenSurface surface;
  surface.setFormat(context.format());
  surface.create();
  if (!context.makeCurrent(&surface)) return Viewport::tr("The OpenGL context of this display cannot be used.");
  context.doneCurrent();
  return {};
}

Viewport::Viewport(QWidget* parent) : QOpenGLWidget(parent) {
  setObjectName(QStringLiteral("viewport"));
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(240, 200);
  clock_.start();
  connect(this, &QOpenGLWidget::frameSwapped, this, [this] {
    swaps_.push_back(clock_.elapsed());
    while (!swaps_.empty() && swaps_.front() < clock_.elapsed() - kSecond) swaps_.pop_front();
  });
}

Viewport::~Viewport() {
  release();
  // QOpenGLWidget destroys the context once nothing of this class is left to be told.
  if (context() != nullptr) context()->disconnect(this);
}

void Viewport::release() {
  if (!renderer_) return;
  makeCurrent();
  renderer_.reset();
  doneCurrent();
}

void Viewport::initializeGL() {
  // The context may be replaced, e.g. when the window moves to another top level.
  connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, &Viewport::release, Qt::UniqueConnection);
  try {
    renderer_ = std::make_unique<render::Renderer>(core::resource_dir());
    description_ = QString::fromStdString(renderer_->description());
  } catch (const Error& error) {
    // The signal replaces this widget: only after Qt has left its own call.
    const QString text = QString::fromStdString(error.what());
    QMetaObject::invokeMethod(
        this, [this, text] { Q_EMIT failed(text); }, Qt::QueuedConnection);
  }
}

render::Viewport Viewport::area() const {
  const auto ratio = static_cast<float>(devicePixelRatioF());
  return {.width = qRound(static_cast<float>(width()) * ratio),
          .height = qRound(static_cast<float>(height()) * ratio),
          .pixel_ratio = ratio};
}

render::Viewport Viewport::own_area() const { return beside_ ? render::halves(area()).first : area(); }

float Viewport::aspect() const {
  const render::Viewport own = own_area();
  return own.height > 0 ? static_cast<float>(own.width) / static_cast<float>(own.height) : 1.0F;
}

void Viewport::set_beside(std::optional<BesideScene> beside) {
  if (!beside && !beside_) return;
  beside_ = std::move(beside);
  request_frame();
}

void Viewport::paintGL() {
  if (!renderer_) return;
  try {
    if (!beside_) {
      renderer_->draw(scene_, area(), defaultFramebufferObject());
      return;
    }
    beside_->scene.camera = render::linked_camera(scene_.camera, beside_->home, beside_->own_home);
    renderer_->draw_beside(scene_, beside_->scene, area(), defaultFramebufferObject());
  } catch (const Error& error) {
    renderer_.reset();
    const QString text = QString::fromStdString(error.what());
    QMetaObject::invokeMethod(
        this, [this, text] { Q_EMIT failed(text); }, Qt::QueuedConnection);
  }
}

void Viewport::request_frame() {
  update();
  Q_EMIT frame_requested();
}

void Viewport::set_scene(render::Scene scene) {
  scene.camera = scene_.camera;
  scene.hovered = scene_.hovered;
  if (scene.hovered && static_cast<std::size_t>(scene.hovered->first) >= scene.bodies.size()) scene.hovered.reset();
  scene_ = std::move(scene);
  request_frame();
}

void Viewport::set_camera(const render::Camera& camera) {
  scene_.camera = camera;
  request_frame();
  Q_EMIT camera_moved();
}

std::optional<render::Pick> Viewport::pick(const QPointF& at) const {
  const render::Viewport own = own_area();
  if (at.x() * own.pixel_ratio >= own.width) return std::nullopt;  // in the other half
  return render::Renderer::pick(scene_, own, static_cast<float>(at.x()), static_cast<float>(at.y()));
}

QString Viewport::description() const { return description_; }

int Viewport::recent_fps() const {
  const qint64 since = clock_.elapsed() - kSecond;
  return static_cast<int>(std::count_if(swaps_.begin(), swaps_.end(), [&](qint64 t) { return t >= since; }));
}

void Viewport::mousePressEvent(QMouseEvent* event) {
  press_ = last_ = event->position();
  button_ = event->button();
  dragging_ = false;
}

void Viewport::mouseMoveEvent(QMouseEvent* event) {
  if (button_ == Qt::NoButton) {
    hover(event->position());
    return;
  }
  if (!dragging_ && (event->position() - press_).manhattanLength() < QApplication::startDragDistance()) return;
  dragging_ = true;
  drag(event->position());
}

void Viewport::drag(const QPointF& to) {
  const auto dx = static_cast<float>(to.x() - last_.x());
  const auto dy = static_cast<float>(to.y() - last_.y());
  last_ = to;
  const bool shift = QGuiApplication::keyboardModifiers() & Qt::ShiftModifier;
  render::Camera moved = scene_.camera;
  if (button_ == Qt::LeftButton && !shift) {
    moved.orbit(dx, dy);
  } else {
    moved.pan(dx, dy, static_cast<float>(height()));
  }
  set_camera(moved);
}

void Viewport::mouseReleaseEvent(QMouseEvent* event) {
  const bool click = !dragging_ && event->button() == Qt::LeftButton && button_ == Qt::LeftButton;
  button_ = Qt::NoButton;
  dragging_ = false;
  if (!click) return;
  if (const auto hit = pick(event->position())) Q_EMIT joint_clicked(*hit);
}

void Viewport::wheelEvent(QWheelEvent* event) {
  render::Camera moved = scene_.camera;
  moved.zoom(static_cast<float>(event->angleDelta().y()) / kWheelStep);
  set_camera(moved);
  event->accept();
}

void Viewport::hover(const QPointF& at) {
  const auto hit = pick(at);
  if (same_pick(scene_.hovered, hit)) return;
  scene_.hovered = hit ? std::optional(std::pair(hit->body, hit->joint)) : std::nullopt;
  setCursor(hit ? Qt::PointingHandCursor : Qt::ArrowCursor);
  request_frame();
  Q_EMIT joint_hovered(hit);
}

void Viewport::leaveEvent(QEvent* event) {
  if (scene_.hovered) {
    scene_.hovered.reset();
    request_frame();
    Q_EMIT joint_hovered(std::nullopt);
  }
  QOpenGLWidget::leaveEvent(event);
}

}  // namespace purlscope::app
