#pragma once

#include <QElapsedTimer>
#include <QOpenGLWidget>
#include <QPoint>
#include <deque>
#include <memory>
#include <optional>

#include "render/renderer.h"
#include "render/scene.h"

namespace purlscope::app {

/// GL 4.1 core with depth and without multisampling (the renderer smooths edges by itself), as the default of all
/// widgets. Call before the QApplication is made.
void set_default_surface_format();

/// Why no 3-D view can be had here ("the offscreen platform has no OpenGL"), empty when it can. Makes a small context
/// to find out; needs a QGuiApplication.
QString gl_problem();

/// A second scene in the right half of the view. Its camera moves with the view's.
struct BesideScene {
  render::Scene scene;
  render::Camera home;      ///< of the scene on the left: from where both moves count
  render::Camera own_home;  ///< of this one
};

/// The 3-D view: makes the context current, hands events on and calls the renderer. Repaints only when told. Thread:
/// UI.
class Viewport : public QOpenGLWidget {
  Q_OBJECT

 public:
  explicit Viewport(QWidget* parent = nullptr);
  ~Viewport() override;

  /// The scene to draw from now on; its camera and hover are replaced by the view's own.
  void set_scene(render::Scene scene);
  const render::Scene& scene() const { return scene_; }
  /// Shows another scene in the right half, or none.
  void set_beside(std::optional<BesideScene> beside);
  const std::optional<BesideScene>& beside() const { return beside_; }

  const render::Camera& camera() const { return scene_.camera; }
  /// Repaints; the scene's own camera is replaced.
  void set_camera(const render::Camera& camera);
  /// Joint under a point in logical pixels.
  std::optional<render::Pick> pick(const QPointF& at) const;
  /// "llvmpipe, OpenGL 4.5"; empty before the first frame.
  QString description() const;
  /// Frames drawn in the last second.
  int recent_fps() const;
  /// Width over height of what the scene is drawn into.
  float aspect() const;

 Q_SIGNALS:
  void joint_clicked(const purlscope::render::Pick& pick);
  void joint_hovered(std::optional<purlscope::render::Pick> pick);
  void camera_moved();
  void frame_requested();  ///< a repaint is due; frameSwapped tells that it is done
  /// The renderer could not be made or failed; the view must be replaced by words.
  void failed(const QString& text);

 protected:
  void initializeGL() override;
  void paintGL() override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  void request_frame();
  void release();
  void drag(const QPointF& to);
  void hover(const QPointF& at);
  render::Viewport area() const;
  render::Viewport own_area() const;

  std::unique_ptr<render::Renderer> renderer_;
  render::Scene scene_;
  std::optional<BesideScene> beside_;
  QString description_;
  QPointF press_;
  QPointF last_;
  Qt::MouseButton button_ = Qt::NoButton;
  bool dragging_ = false;
  QElapsedTimer clock_;
  std::deque<qint64> swaps_;  // ms on clock_
};

}  // namespace purlscope::app
