#include "app/studio/session/settings.h"

#include "app/studio/session/label_store.h"
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/paths.h"
#include "render/colormap.h"

namespace purlscope::app {
namespace {

const auto kTheme = QStringLiteral("appearance/theme");
const auto kLanguage = QStringLiteral("appearance/language");
const auto kMap = QStringLiteral("view/colour_map");
const auto kContribution = QStringLiteral("view/contribution");
const auto kFrameRange = QStringLiteral("view/range_per_frame");
const auto kFloor = QStringLiteral("view/floor");
const auto kTrail = QStringLiteral("view/trail");
const auto kGeometry = QStringLiteral("window/geometry");
const auto kLayout = QStringLiteral("window/layout");
const auto kLayoutCheck = QStringLiteral("window/layout_check");
const auto kAutosave = QStringLiteral("session/autosave_seconds");
const auto kRank = QStringLiteral("labels/rank_order");
const auto kLabels = QStringLiteral("labels/list");
const auto kLanes = QStringLiteral("timeline/lanes");
const auto kWindow = QStringLiteral("timeline/window_seconds");
const auto kStride = QStringLiteral("timeline/stride_seconds");
const auto kRecent = QStringLiteral("recent");
const auto kExportFolder = QStringLiteral("export/folder");
const auto kSources = QStringLiteral("recent_sources");

constexpr int kAutosaveSeconds = 60;
constexpr int kLongestAutosave = 3600;
constexpr double kShortestStride = 0.02;  // s
constexpr double kLongestWindow = 60.0;   // s

QString check_of(const QByteArray& layout) {
  return QString::number(core::fnv1a({layout.constData(), static_cast<std::size_t>(layout.size())}), 16);
}

/// The file may have been edited by hand, and a map of the user's own may be gone.
bool usable_map(const std::string& id) {
  try {
    render::ColorMap::get(id);
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

Settings::Settings()
    : store_(QString::fromStdString((core::user_config_dir() / "studio.ini").string()), QSettings::IniFormat) {}

ThemeChoice Settings::theme() const {
  const QString text = store_.value(kTheme).toString();
  if (text == QLatin1String("dark")) return ThemeChoice::dark;
  return text == QLatin1String("light") ? ThemeChoice::light : ThemeChoice::system;
}

void Settings::set_theme(ThemeChoice choice) {
  const char* text = choice == ThemeChoice::dark ? "dark" : choice == ThemeChoice::light ? "light" : "system";
  store_.setValue(kTheme, QString::fromLatin1(text));
}

Language Settings::language() const { return language_of(store_.value(kLanguage).toString()); }
void Settings::set_language(Language language) { store_.setValue(kLanguage, language_code(language)); }

Display Settings::display() const {
  Display d;
  const std::string map = store_.value(kMap).toString().toStdString();
  if (usable_map(map)) d.colour_map = map;
  d.contribution = store_.value(kContribution, d.contribution).toBool();
  d.range_per_frame = store_.value(kFrameRange, d.range_per_frame).toBool();
  d.floor = store_.value(kFloor, d.floor).toBool();
  d.trail = store_.value(kTrail, d.trail).toBool();
  return d;
}

void Settings::set_display(const Display& display) {
  store_.setValue(kMap, QString::fromStdString(display.colour_map));
  store_.setValue(kContribution, display.contribution);
  store_.setValue(kFrameRange, display.range_per_frame);
  store_.setValue(kFloor, display.floor);
  store_.setValue(kTrail, display.trail);
}

QByteArray Settings::geometry() const { return store_.value(kGeometry).toByteArray(); }

QByteArray Settings::layout() const {
  const QByteArray layout = store_.value(kLayout).toByteArray();
  const QString check = store_.value(kLayoutCheck).toString();
  return check.isEmpty() || check == check_of(layout) ? layout
                                                      : QByteArray();  // damaged: the window system would not see it
}

void Settings::set_window(const QByteArray& geometry, const QByteArray& layout) {
  store_.setValue(kGeometry, geometry);
  store_.setValue(kLayout, layout);
  store_.setValue(kLayoutCheck, check_of(layout));
}

int Settings::autosave_seconds() const {
  const int seconds = store_.value(kAutosave, kAutosaveSeconds).toInt();
  return seconds >= 1 && seconds <= kLongestAutosave ? seconds : kAutosaveSeconds;
}

bool Settings::rank_order() const { return store_.value(kRank, true).toBool(); }
void Settings::set_rank_order(bool on) { store_.setValue(kRank, on); }

std::optional<core::LabelSet> Settings::labels() const { return read_labels(store_.value(kLabels).toByteArray()); }
void Settings::set_labels(const core::LabelSet& labels) { store_.setValue(kLabels, write_labels(labels)); }

bool Settings::lanes() const { return store_.value(kLanes, true).toBool(); }
void Settings::set_lanes(bool on) { store_.setValue(kLanes, on); }

core::Sliding Settings::sliding() const {
  core::Sliding sliding;
  const auto read = [this](const QString& key, double& value) {
    const double found = store_.value(key, value).toDouble();
    if (found >= kShortestStride && found <= kLongestWindow) value = found;
  };
  read(kWindow, sliding.length);
  read(kStride, sliding.stride);
  return sliding;
}

void Settings::set_sliding(const core::Sliding& sliding) {
  store_.setValue(kWindow, sliding.length);
  store_.setValue(kStride, sliding.stride);
}
QString Settings::export_folder() const { return store_.value(kExportFolder).toString(); }
void Settings::set_export_folder(const QString& folder) { store_.setValue(kExportFolder, folder); }

QStringList Settings::recent() const { return store_.value(kRecent).toStringList().mid(0, kRecentLimit); }

void Settings::add_recent(const QString& path) {
  QStringList paths = recent();
  paths.removeAll(path);
  paths.prepend(path);
  while (paths.size() > kRecentLimit) paths.removeLast();
  store_.setValue(kRecent, paths);
}

QStringList Settings::recent_sources() const { return store_.value(kSources).toStringList().mid(0, kRecentLimit); }

void Settings::add_recent_source(const QString& uri) {
  QStringList sources = recent_sources();
  sources.removeAll(uri);
  sources.prepend(uri);
  store_.setValue(kSources, sources.mid(0, kRecentLimit));
}

void Settings::clear_recent() { store_.remove(kRecent); }

}  // namespace purlscope::app
