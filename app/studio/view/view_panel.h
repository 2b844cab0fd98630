#pragma once

#include <QPointer>
#include <QWidget>
#include <functional>
#include <optional>

#include "render/camera.h"
#include "render/renderer.h"
#include "render/scene.h"

class QLabel;
class QStackedWidget;

namespace purlscope::app {

class CommandTable;
class Comparison;
class Player;
class Session;
class Viewport;
struct ShownClip;
struct ViewContent;

/// The centre: the 3-D view with its presets and person chooser, an empty state, or a page of words where no GL can be
/// had. Builds the scene from the session and the player's time. Thread: UI.
class ViewPanel : public QWidget {
  Q_OBJECT

 public:
  ViewPanel(Session* session, Player* player, QWidget* parent = nullptr);

  /// Null where there is no GL.
  Viewport* viewport() const { return viewport_; }
  /// Makes the buttons on the view and on the empty page. Call once, after the commands exist.
  void add_buttons(const CommandTable& commands);

  /// What the clip is compared with. Call once.
  void set_comparison(Comparison* comparison);

  /// Turns the camera; nothing happens without GL. Undoable, as the two below.
  void set_preset(render::ViewPreset preset);
  render::ViewPreset preset() const { return preset_; }
  /// Back to the camera that shows the clip's whole course.
  void reset_view();
  /// Moves the camera to the person's present pose, keeping its direction.
  void frame_person();
  /// What is shown now, for pictures and films of it. Needs a clip.
  /// @throws Error{Code::not_found} for a colour map that is gone
  ViewContent content() const;
  /// The camera where somebody has moved it; nothing while it stands as the program places it, and without GL.
  std::optional<render::Camera> moved_camera() const;
  /// Brings a camera back, no undo step. @param camera nothing = as the program places it
  void restore_camera(render::ViewPreset preset, const std::optional<render::Camera>& camera);

 Q_SIGNALS:
  void preset_changed();
  /// The scene cannot be shown as wished; something else is shown instead.
  void problem(const QString& text);

 protected:
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  QWidget* make_empty_page();
  QWidget* make_message_page(const QString& reason);
  QWidget* make_view_page();
  void show_message_page(const QString& reason);
  void clip_changed();
  void live_advanced();
  void edit_camera(const QString& text, const std::function<void()>& change);
  void apply_preset(render::ViewPreset preset);
  void place_camera();
  void reset_keeping_preset();
  void rebuild_scene();
  void comparison_changed();
  void find_homes();
  render::SceneOptions scene_options(std::optional<std::size_t> label, std::optional<std::size_t> versus) const;
  ShownClip main_clip() const;
  std::optional<ShownClip> clip_beside() const;
  void name_colours(ViewContent& content, std::optional<std::size_t> sentence, bool difference) const;
  void fall_back(const QString& reason);
  void place_overlay();
  void toggle_pin(const render::Pick& pick);

  Session* session_;
  Player* player_;
  Comparison* comparison_ = nullptr;
  QStackedWidget* pages_;
  QWidget* empty_page_;
  QWidget* content_page_;
  QPointer<Viewport> viewport_;
  QWidget* bar_ = nullptr;  // presets, lower left of the view
  render::ViewPreset preset_ = render::ViewPreset::perspective;
  bool camera_touched_ = false;
  float floor_height_ = 0.0F;
  bool was_beside_ = false;
  float other_floor_height_ = 0.0F;  // of the clip beside
  render::Camera home_;              // that shows the clip's whole course
  render::Camera other_home_;
  std::size_t looked_ = 0;  // how often the camera was set to what a live source has shown
};

}  // namespace purlscope::app
