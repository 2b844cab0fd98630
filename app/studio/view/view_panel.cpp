#include "app/studio/view/view_panel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/studio/commands/command_table.h"
#include "app/studio/history/value_step.h"
#include "app/studio/session/comparison.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/view/person_chooser.h"
#include "app/studio/view/view_content.h"
#include "app/studio/view/viewport.h"
#include "app/studio/widgets/icon_label.h"
#include "app/studio/words.h"
#include "core/base/error.h"
#include "render/colormap.h"

namespace purlscope::app {
namespace {

constexpr int kTrailGhosts = 5;
constexpr int kWordsWidth = 400;  // logical pixels

/// When the camera and the floor are set to what a live source has shown so far: seconds of the stream.
constexpr double kLookAgain[] = {0.5, 2.0, 5.0};
constexpr double kHold = 2.0;  // s: how old the scores at a live source's newest pose may be and still colour it

/// A page with a head and a text in its middle.
QWidget* words_page(const QString& icon, const QString& head, const QString& text) {
  auto* page = new QFrame;
  page->setObjectName(QStringLiteral("card"));
  auto* layout = new QVBoxLayout(page);
  layout->setSpacing(kGrid);
  auto* title = new QLabel(head);
  title->setObjectName(QStringLiteral("empty_head"));
  title->setAlignment(Qt::AlignCenter);
  auto* body = new QLabel(text);
  body->setObjectName(QStringLiteral("muted"));
  body->setAlignment(Qt::AlignCenter);
  body->setWordWrap(true);
  body->setMaximumWidth(kWordsWidth);
  auto* row = new QHBoxLayout;  // stretches, for a box layout forgets the height of wrapped lines beside an alignment
  row->addStretch(1);
  row->addWidget(body, kWordsWidth);
  row->addStretch(1);
  layout->addStretch();
  layout->addWidget(new IconLabel(icon, 32), 0, Qt::AlignHCenter);
  layout->addWidget(title);
  layout->addLayout(row);
  layout->addStretch();
  page->setAccessibleName(head);
  page->setAccessibleDescription(text);
  return page;
}

}  // namespace

ViewPanel::ViewPanel(Session* session, Player* player, QWidget* parent)
    : QWidget(parent), session_(session), player_(player) {
  setObjectName(QStringLiteral("view_panel"));
  pages_ = new QStackedWidget;
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(pages_);
  empty_page_ = make_empty_page();
  pages_->addWidget(empty_page_);
  const QString problem = gl_problem();
  content_page_ = problem.isEmpty() ? make_view_page() : make_message_page(problem);
  pages_->addWidget(content_page_);

  connect(session, &Session::clip_changed, this, &ViewPanel::clip_changed);
  connect(session, &Session::live_advanced, this, &ViewPanel::live_advanced);
  for (const auto signal : {&Session::recognition_changed, &Session::selection_changed, &Session::display_changed,
                            &Session::person_changed}) {
    connect(session, signal, this, &ViewPanel::rebuild_scene);
  }
  connect(player, &Player::time_changed, this, &ViewPanel::rebuild_scene);
}

QWidget* ViewPanel::make_empty_page() {
  QWidget* page =
      words_page(QStringLiteral("clip"), tr("Open a recording"),
                 tr("Drop a recording, a folder or a video here, open one, or connect a live source. Purlscope reads "
                    "the common data sets, BVH, AMC, C3D, OpenPose, COCO, CSV and more as they are."));
  page->setObjectName(QStringLiteral("card"));
  return page;
}

QWidget* ViewPanel::make_message_page(const QString& reason) {
  QWidget* page =
      words_page(QStringLiteral("warning"), tr("No 3‑D view here"),
                 reason + QLatin1Char('\n') +
                     tr("Recognition, attention and timeline work all the same. For the 3‑D view, start the "
                        "program on a display with OpenGL 4.1."));
  page->findChild<QLabel*>(QStringLiteral("muted"))->setProperty("role", QStringLiteral("gl_problem"));
  return page;
}

QWidget* ViewPanel::make_view_page() {
  viewport_ = new Viewport;
  viewport_->setAccessibleName(tr("3-D view"));
  viewport_->setAccessibleDescription(
      tr("Drag to orbit, Shift or right drag to pan, wheel to zoom, click a joint to pin it"));
  connect(viewport_, &Viewport::joint_clicked, this, &ViewPanel::toggle_pin);
  connect(viewport_, &Viewport::camera_moved, this, [this] {
    camera_touched_ = true;
    preset_ = render::ViewPreset::perspective;
    Q_EMIT preset_changed();
  });
  connect(viewport_, &Viewport::frame_requested, player_, &Player::frame_requested);
  connect(viewport_, &QOpenGLWidget::frameSwapped, player_, &Player::frame_swapped);
  connect(viewport_, &Viewport::failed, this, &ViewPanel::show_message_page);
  return viewport_;
}

void ViewPanel::show_message_page(const QString& reason) {
  QWidget* page = make_message_page(reason);
  pages_->removeWidget(content_page_);
  content_page_->deleteLater();
  content_page_ = page;
  bar_ = nullptr;
  pages_->addWidget(page);
  clip_changed();
}

void ViewPanel::add_buttons(const CommandTable& commands) {
  const auto button = [&](const QString& id, bool on_view) {
    auto* made = new QToolButton;
    made->setDefaultAction(commands.action(id));
    made->setToolButtonStyle(Qt::ToolButtonTextOnly);
    made->setProperty("text_button", true);
    made->setProperty("overlay", on_view);
    made->setFocusPolicy(Qt::TabFocus);
    made->setAccessibleName(commands.command(id).text);
    return made;
  };
  auto* row = new QHBoxLayout;
  row->setSpacing(kGrid);
  row->addStretch();
  row->addWidget(button(QStringLiteral("file.open"), false));
  row->addWidget(button(QStringLiteral("file.open_folder"), false));
  row->addWidget(button(QStringLiteral("live.connect"), false));
  row->addStretch();
  row->setContentsMargins(0, kGrid, 0, 0);
  auto* page = static_cast<QVBoxLayout*>(empty_page_->layout());
  page->insertLayout(page->count() - 1, row);

  if (!viewport_) return;
  bar_ = new QWidget(viewport_);
  auto* overlay = new QHBoxLayout(bar_);
  overlay->setContentsMargins(12, 0, 12, 10);
  overlay->setSpacing(4);
  QWidget* before = viewport_;
  for (const char* id : {"view.front", "view.side", "view.top", "view.perspective"}) {
    QToolButton* made = button(QString::fromLatin1(id), true);
    overlay->addWidget(made);
    setTabOrder(before, made);
    before = made;
  }
  overlay->addStretch();
  auto* persons = new PersonChooser(session_);
  persons->setObjectName(QStringLiteral("person_chooser"));
  overlay->addWidget(persons);
  setTabOrder(before, persons);
  place_overlay();
}

void ViewPanel::clip_changed() {
  pages_->setCurrentWidget(session_->clip() ? content_page_ : empty_page_);
  if (session_->clip()) floor_height_ = render::floor_height(*session_->clip(), -1);
  looked_ = 0;
  reset_keeping_preset();
}

void ViewPanel::reset_keeping_preset() {
  const render::ViewPreset preset = preset_;
  place_camera();
  if (preset != render::ViewPreset::perspective) apply_preset(preset);
}

void ViewPanel::live_advanced() {
  const core::ClipPtr& clip = session_->clip();
  const bool due = looked_ < std::size(kLookAgain) && clip->times.back() >= kLookAgain[looked_];
  if (!due) return;  // the player's new time draws it
  ++looked_;
  floor_height_ = render::floor_height(*clip, -1);
  if (!camera_touched_) reset_keeping_preset();
}

void ViewPanel::rebuild_scene() {
  if (!viewport_ || !session_->clip()) return;
  try {
    ViewContent shown = content();
    shown.bottom_inset = bar_ != nullptr ? static_cast<float>(bar_->sizeHint().height()) : 0.0F;
    render::Scene scene = scene_at(shown, player_->time());
    std::optional<BesideScene> beside = beside_at(shown, player_->time());
    if (beside) share_scale(scene, beside->scene);
    viewport_->set_scene(std::move(scene));
    viewport_->set_beside(std::move(beside));
  } catch (const Error& error) {
    fall_back(QString::fromStdString(error.what()));
  }
}

void ViewPanel::fall_back(const QString& reason) {
  Q_EMIT problem(reason);
  Display display = session_->display();
  const std::string standard = Display().colour_map;
  if (display.colour_map == standard) return;  // it is something else: the last scene stays
  display.colour_map = standard;
  session_->set_display(display);
}

/// @param label, versus  in the recognition that is shown
render::SceneOptions ViewPanel::scene_options(std::optional<std::size_t> label,
                                              std::optional<std::size_t> versus) const {
  const Display& display = session_->display();
  render::SceneOptions options;
  options.label = label;
  options.versus = versus;
  if (label) options.sentence = session_->sentence();
  options.contribution = display.contribution;
  options.colour_map = display.contribution || versus.has_value() ? "coolwarm" : display.colour_map;
  options.range = display.range_per_frame ? render::SceneOptions::Range::frame : render::SceneOptions::Range::clip;
  options.ghosts = display.trail ? kTrailGhosts : 0;
  render::ColorMap::get(options.colour_map);  // here, not in the middle of drawing, is where an unknown map is told
  return options;
}

/// What the colours mean, in words.
void ViewPanel::name_colours(ViewContent& content, std::optional<std::size_t> sentence, bool difference) const {
  if (!sentence || !session_->label()) return;
  const auto& labels = session_->labels().labels;
  const core::Label& label = labels[*session_->label()];
  const QString text = QString::fromStdString(label.text);
  const QString name = sentence_name(*sentence);
  if (difference) {
    const QString other = QString::fromStdString(labels[*comparison_->versus()].text);
    content.title = tr("%1 against %2 · %3").arg(text, other, name).toStdString();
    content.legend = tr("Above 0: more for %1. Below 0: more for %2.").arg(text, other).toStdString();
  } else {
    content.title = (text + QStringLiteral(" · ") + name).toStdString();
    content.note = label.sentences[*sentence].text;
  }
}

ShownClip ViewPanel::main_clip() const {
  const auto scored = [&](std::optional<std::size_t> label) { return label ? session_->scored(*label) : std::nullopt; };
  const auto versus = comparison_ != nullptr ? comparison_->versus() : std::nullopt;
  ShownClip shown{session_->clip(), session_->recognition(), scene_options(scored(session_->label()), scored(versus)),
                  floor_height_};
  shown.options.person = session_->person().value_or(-1);
  shown.options.recognised_from = session_->recognition_start();
  shown.options.hold = session_->live() ? kHold : 0.0;
  return shown;
}

std::optional<ShownClip> ViewPanel::clip_beside() const {
  const core::ClipPtr clip = comparison_ != nullptr && !session_->live() ? comparison_->clip() : nullptr;
  if (!clip) return std::nullopt;
  const auto scored = [&](std::optional<std::size_t> label) {
    return label ? comparison_->scored(*label) : std::nullopt;
  };
  return ShownClip{clip, comparison_->recognition(),
                   scene_options(scored(session_->label()), scored(comparison_->versus())), other_floor_height_};
}

ViewContent ViewPanel::content() const {
  ViewContent content;
  content.main = main_clip();
  content.beside = clip_beside();
  for (std::size_t person = 0; person < session_->clip()->persons.size(); ++person) {
    content.numbers.push_back(session_->person_number(person));
  }
  content.pins = session_->pins();
  content.home = home_;
  content.beside_home = other_home_;
  content.camera = viewport_ ? viewport_->camera() : home_;
  content.placed = !viewport_ || !camera_touched_;
  content.preset = preset_;
  content.theme = current_scheme() == Scheme::dark ? render::Theme::dark() : render::Theme::light();
  content.floor = session_->display().floor;
  content.size = size();
  content.pixel_ratio = devicePixelRatioF();
  const render::SceneOptions& options = content.main.options;
  name_colours(content, options.sentence, options.versus.has_value());
  return content;
}

void ViewPanel::set_comparison(Comparison* comparison) {
  comparison_ = comparison;
  connect(comparison, &Comparison::changed, this, &ViewPanel::comparison_changed);
}

void ViewPanel::comparison_changed() {
  const core::ClipPtr& other = comparison_->clip();
  if (other) other_floor_height_ = render::floor_height(*other, -1);
  rebuild_scene();
  if (viewport_ && viewport_->beside().has_value() != was_beside_) {
    was_beside_ = viewport_->beside().has_value();
    reset_keeping_preset();
  } else {
    find_homes();
    rebuild_scene();
  }
}

void ViewPanel::find_homes() {
  if (!viewport_ || !session_->clip()) return;
  home_ = render::default_camera(*session_->clip(), session_->person().value_or(-1), viewport_->aspect());
  if (comparison_ != nullptr && comparison_->clip()) {
    other_home_ = render::default_camera(*comparison_->clip(), -1, viewport_->aspect());
  }
}

void ViewPanel::toggle_pin(const render::Pick& pick) {
  const render::Scene& scene = viewport_->scene();
  if (pick.body < 0 || static_cast<std::size_t>(pick.body) >= scene.bodies.size()) return;
  session_->toggle_pin({scene.bodies[static_cast<std::size_t>(pick.body)].id, pick.joint});
}

void ViewPanel::edit_camera(const QString& text, const std::function<void()>& change) {
  if (!viewport_ || !session_->clip()) return;
  struct View {
    render::ViewPreset preset;
    std::optional<render::Camera> moved;
    render::Camera camera;
    bool operator==(const View& other) const {
      return preset == other.preset && camera.view() == other.camera.view() &&
             camera.projection(1.0F) == other.camera.projection(1.0F);
    }
  };
  const auto present = [this] { return View{preset_, moved_camera(), viewport_->camera()}; };
  const View before = present();
  change();
  const View after = present();
  if (before == after) return;
  const auto apply = [this](const View& view) { restore_camera(view.preset, view.moved); };
  session_->undo_stack()->push(new ValueStep<View>(text, before, after, apply, session_->clip_scope(), kCameraStep));
}

std::optional<render::Camera> ViewPanel::moved_camera() const {
  return viewport_ && camera_touched_ ? std::optional(viewport_->camera()) : std::nullopt;
}

void ViewPanel::restore_camera(render::ViewPreset preset, const std::optional<render::Camera>& camera) {
  if (!viewport_) return;
  if (camera) {
    viewport_->set_camera(*camera);
  } else {
    place_camera();
    if (preset != render::ViewPreset::perspective) apply_preset(preset);
  }
  preset_ = preset;
  Q_EMIT preset_changed();
}

void ViewPanel::set_preset(render::ViewPreset preset) {
  edit_camera(tr("change of view"), [=, this] { apply_preset(preset); });
}

void ViewPanel::apply_preset(render::ViewPreset preset) {
  if (!viewport_) return;
  render::Camera camera = viewport_->camera();
  camera.set_preset(preset);
  viewport_->set_camera(camera);
  preset_ = preset;
  Q_EMIT preset_changed();
}

void ViewPanel::reset_view() {
  edit_camera(tr("reset view"), [this] { place_camera(); });
}

void ViewPanel::place_camera() {
  if (!viewport_ || !session_->clip()) return;
  find_homes();
  viewport_->set_camera(home_);
  camera_touched_ = false;
  rebuild_scene();
}

void ViewPanel::frame_person() {
  if (!viewport_ || viewport_->scene().bodies.empty()) return;
  const render::Body& body = viewport_->scene().bodies.back();
  std::optional<std::pair<glm::vec3, glm::vec3>> box;
  for (std::size_t j = 0; j < body.joints.size(); ++j) {
    if (body.state[j] == core::JointState::missing) continue;
    const glm::vec3& p = body.joints[j];
    box = box ? std::pair(glm::min(box->first, p), glm::max(box->second, p)) : std::pair(p, p);
  }
  if (!box) return;
  edit_camera(tr("frame the person"), [&] {
    render::Camera camera = viewport_->camera();
    camera.frame(box->first, box->second, viewport_->aspect());
    viewport_->set_camera(camera);
  });
}

void ViewPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) rebuild_scene();
}

void ViewPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  place_overlay();
  if (!camera_touched_) place_camera();
}

void ViewPanel::place_overlay() {
  if (bar_ == nullptr) return;
  const int height = bar_->sizeHint().height();
  bar_->setGeometry(0, this->height() - height, width(), height);
}

}  // namespace purlscope::app
