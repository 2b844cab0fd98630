#include "app/studio/studio.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTimer>
#include <cstdio>
#include <optional>

#include "app/studio/document/session_keeper.h"
#include "app/studio/interaction.h"
#include "app/studio/language/language.h"
#include "app/studio/main_window.h"
#include "app/studio/screenshot.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/session/settings.h"
#include "app/studio/theme/theme.h"
#include "app/studio/view/viewport.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/engine/loader.h"
#include "core/live/make_source.h"
#include "core/text/descriptions.h"

namespace purlscope::app {
namespace {

constexpr int kDefaultWait = 15000;     // ms a picture waits for its scores at most
constexpr double kLongestWait = 86400;  // s that a step of a replay waits
constexpr int kFailed = 1;
constexpr int kBadUsage = 2;

/// Options with a value that Qt takes for itself, written with one dash or two.
const QStringList kQtOptions = {
    QStringLiteral("platform"), QStringLiteral("platformpluginpath"), QStringLiteral("platformtheme"),
    QStringLiteral("display"),  QStringLiteral("geometry"),           QStringLiteral("qwindowgeometry"),
    QStringLiteral("style"),    QStringLiteral("stylesheet"),         QStringLiteral("session")};

struct Options {
  std::vector<std::filesystem::path> paths;
  QString source;
  std::optional<ThemeChoice> theme;
  std::vector<std::string> labels;
  std::optional<std::size_t> sentence;
  std::optional<double> time;
  std::optional<QSize> size;
  QString screenshot;
  std::optional<int> after;
  bool empty = false;
  std::filesystem::path record_ui;
  std::filesystem::path replay_ui;
  ReplayPace replay_pace;
};

[[noreturn]] void refuse(const QString& text) { throw Error(Code::bad_argument, text.toStdString()); }

QSize parse_size(const QString& text) {
  static const QRegularExpression pattern(QStringLiteral("^(\\d{2,5})x(\\d{2,5})$"));
  const auto match = pattern.match(text);
  if (!match.hasMatch()) refuse(QStringLiteral("--size %1: expected WIDTHxHEIGHT, e.g. 1440x900").arg(text));
  return {match.captured(1).toInt(), match.captured(2).toInt()};
}

ThemeChoice parse_theme(const QString& text) {
  if (text == QLatin1String("dark")) return ThemeChoice::dark;
  if (text == QLatin1String("light")) return ThemeChoice::light;
  refuse(QStringLiteral("--theme %1: expected dark or light").arg(text));
}

double parse_number(const QString& option, const QString& text) {
  bool good = false;
  const double value = text.toDouble(&good);
  if (!good || value < 0) refuse(QStringLiteral("%1 %2: expected a number of at least 0").arg(option, text));
  return value;
}

double parse_speed(const QString& text) {
  const double speed = parse_number(QStringLiteral("--replay-speed"), text);
  if (speed < 0.1 || speed > 1000) refuse(QStringLiteral("--replay-speed %1: expected 0.1 to 1000").arg(text));
  return speed;
}

/// Both stand for a person at the window.
void check_interaction(const Options& options) {
  if (!options.replay_ui.empty() && !options.screenshot.isEmpty()) {
    refuse(QStringLiteral("--replay-ui and --screenshot: expected one of them, as both end the program"));
  }
  if (!options.replay_ui.empty() && options.replay_ui == options.record_ui) {
    refuse(QStringLiteral("--record-ui and --replay-ui: expected two different files"));
  }
}

std::vector<std::string> parse_labels(const QString& text) {
  std::vector<std::string> labels;
  for (const QString& part : text.split(QLatin1Char(','))) labels.push_back(core::clean_label(part.toStdString()));
  core::make_label_set(labels);  // refuses duplicates
  return labels;
}

/// "udp://127.0.0.1:5005" and the like. A file of such a name is a file.
bool is_source(const QString& text) { return core::is_source_address(text.toStdString()) && !QFileInfo::exists(text); }

Options parse(const QStringList& arguments) {
  QCommandLineParser parser;
  parser.setApplicationDescription(
      QStringLiteral("Opens the studio on files and folders of skeleton recordings, or on a saved session."));
  parser.addPositionalArgument(QStringLiteral("paths"), QStringLiteral("Files, folders and a session to open."),
                               QStringLiteral("[FILE or FOLDER or SESSION or live SOURCE...]"));
  const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("dark or light."), QStringLiteral("NAME"));
  const QCommandLineOption labels(QStringLiteral("labels"), QStringLiteral("Labels to start with, comma separated."),
                                  QStringLiteral("LIST"));
  const QCommandLineOption sentence(QStringLiteral("sentence"), QStringLiteral("Sentence to start with, e.g. hands."),
                                    QStringLiteral("NAME"));
  const QCommandLineOption time(QStringLiteral("time"), QStringLiteral("Show the clip paused at this time."),
                                QStringLiteral("SECONDS"));
  const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("Size of the window."), QStringLiteral("WxH"));
  const QCommandLineOption screenshot(
      QStringLiteral("screenshot"), QStringLiteral("Write a picture of the window and leave."), QStringLiteral("FILE"));
  const QCommandLineOption after(QStringLiteral("after"), QStringLiteral("Take the picture after this time."),
                                 QStringLiteral("MS"));
  const QCommandLineOption empty(QStringLiteral("empty"), QStringLiteral("Start without the bundled clips."));
  const QCommandLineOption record_ui(QStringLiteral("record-ui"),
                                     QStringLiteral("Write down mouse, keys, drops and sizes, to do them again."),
                                     QStringLiteral("FILE"));
  const QCommandLineOption replay_ui(QStringLiteral("replay-ui"),
                                     QStringLiteral("Do again what was recorded, and leave."), QStringLiteral("FILE"));
  const QCommandLineOption replay_speed(QStringLiteral("replay-speed"),
                                        QStringLiteral("How much faster than recorded, 0.1 to 1000."),
                                        QStringLiteral("X"));
  const QCommandLineOption replay_wait(QStringLiteral("replay-wait"),
                                       QStringLiteral("How long a step waits for its target, 20 without it."),
                                       QStringLiteral("SECONDS"));
  parser.addOptions(
      {theme, labels, sentence, time, size, screenshot, after, empty, record_ui, replay_ui, replay_speed, replay_wait});
  if (!parser.parse(arguments)) refuse(parser.errorText());

  Options options;
  for (const QString& text : parser.positionalArguments()) {
    if (!is_source(text)) {
      options.paths.emplace_back(text.toStdString());
    } else if (!options.source.isEmpty()) {
      refuse(QStringLiteral("%1: one live source at a time can be connected").arg(text));
    } else {
      core::make_source(text.toStdString());  // refuses an address that says nothing
      options.source = text;
    }
  }
  if (parser.isSet(theme)) options.theme = parse_theme(parser.value(theme));
  if (parser.isSet(labels)) options.labels = parse_labels(parser.value(labels));
  if (parser.isSet(sentence)) options.sentence = core::sentence_index(parser.value(sentence).toStdString());
  if (parser.isSet(time)) options.time = parse_number(QStringLiteral("--time"), parser.value(time));
  if (parser.isSet(size)) options.size = parse_size(parser.value(size));
  if (parser.isSet(after)) {
    options.after = static_cast<int>(parse_number(QStringLiteral("--after"), parser.value(after)));
  }
  options.screenshot = parser.value(screenshot);
  options.empty = parser.isSet(empty);
  options.record_ui = parser.value(record_ui).toStdString();
  options.replay_ui = parser.value(replay_ui).toStdString();
  if (parser.isSet(replay_speed)) options.replay_pace.speed = parse_speed(parser.value(replay_speed));
  if (parser.isSet(replay_wait)) {
    const double seconds = parse_number(QStringLiteral("--replay-wait"), parser.value(replay_wait));
    options.replay_pace.patience_ms = static_cast<int>(std::min(seconds, kLongestWait) * 1000);
  }
  check_interaction(options);
  return options;
}

/// The command line as this program sees it. Read before Qt starts, which without a display ends the process.
struct Arguments {
  QStringList own;
  bool platform = false;  ///< Qt was told what to draw on
};

Arguments split_arguments(int argc, char** argv) {
  Arguments arguments;
  arguments.platform = qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
  for (int i = 0; i < argc; ++i) {
    const QString text = QString::fromLocal8Bit(argv[i]);
    const QString name =
        text.startsWith(QLatin1Char('-')) ? text.mid(text.startsWith(QLatin1String("--")) ? 2 : 1) : QString();
    if (!kQtOptions.contains(name)) {
      arguments.own.append(text);
      continue;
    }
    arguments.platform |= name == QLatin1String("platform") || name == QLatin1String("display");
    ++i;  // its value
  }
  return arguments;
}

bool has_display() {
  return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
}

/// What the command line asks for goes before what a session says.
void choose(MainWindow& window, const Options& options) {
  if (!options.labels.empty()) window.session().load_labels(options.labels);
  if (options.sentence) window.session().choose_sentence(*options.sentence);
  if (options.time) {
    window.player().pause();
    window.player().seek(*options.time);
  }
}

void start(MainWindow& window, const Options& options) {
  if (options.theme) window.choose_theme(*options.theme, false);
  choose(window, options);
  if (options.time) {
    QObject::connect(&window.session(), &Session::clip_changed, &window, [&window, time = *options.time] {
      // After the window's own reaction to the clip, which starts playing.
      QTimer::singleShot(0, &window, [&window, time] {
        window.player().pause();
        window.player().seek(time);
      });
    });
  }
  QObject::connect(&window.keeper(), &SessionKeeper::restored, &window,
                   [&window, options] { choose(window, options); });
  window.open_paths(options.paths);
  if (!options.source.isEmpty()) {
    window.connect_source(options.source);
  } else if (!options.empty) {
    window.open_bundled();
  }
}

/// @return whether the recordings could be opened; else why not was said
bool begin_interaction(MainWindow& window, const Options& options) {
  try {
    if (!options.record_ui.empty()) record_interaction(window, options.record_ui);
    if (!options.replay_ui.empty()) replay_interaction(window, options.replay_ui, options.replay_pace);
    return true;
  } catch (const Error& error) {
    std::fprintf(stderr, "purlscope: %s\n", error.what());
    return false;
  }
}

}  // namespace

int run_studio(int argc, char** argv) {
  const Arguments arguments = split_arguments(argc, argv);
  Options options;
  try {
    options = parse(arguments.own);
  } catch (const Error& error) {
    std::fprintf(stderr, "purlscope: %s\nTry `purlscope --help`.\n", error.what());
    return kBadUsage;
  }
  if (!arguments.platform && !has_display()) {
    std::fprintf(stderr,
                 "purlscope: the studio needs a display, and neither DISPLAY nor WAYLAND_DISPLAY is set. Log in to a "
                 "desktop, use ssh -X or xvfb-run, or use the commands of `purlscope --help`, which need none.\n");
    return kFailed;
  }

  set_default_surface_format();
  QApplication::setApplicationName(QStringLiteral("purlscope"));
  QApplication::setApplicationDisplayName(QStringLiteral("Purlscope"));
  QApplication::setDesktopFileName(QStringLiteral("org.purlscope.Purlscope"));
  QApplication::setApplicationVersion(QString::fromUtf8(core::version().data(), qsizetype(core::version().size())));
  QApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
  QApplication app(argc, argv);
  prepare_application();
  use_language(Settings().language());

  MainWindow window([] { return core::load_engine(); });
  if (options.screenshot.isEmpty()) window.restore_layout();
  if (options.size) window.resize(*options.size);
  start(window, options);
  window.show();
  if (options.screenshot.isEmpty()) window.begin_autosave();
  if (!begin_interaction(window, options)) return kFailed;
  if (options.screenshot.isEmpty()) return QApplication::exec();
  Screenshot picture(&window, options.screenshot, options.after, kDefaultWait);
  return QApplication::exec();
}

}  // namespace purlscope::app
