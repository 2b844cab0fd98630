#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <cmath>

#include "app/cli/commands/command.h"
#include "app/cli/support/files.h"
#include "app/cli/support/json_output.h"
#include "app/cli/support/labels.h"
#include "app/cli/support/picture.h"
#include "app/cli/support/progress.h"
#include "app/cli/support/recognising.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/formats/registry.h"
#include "render/colormap.h"
#include "render/film.h"
#include "render/headless.h"
#include "render/renderer.h"

namespace purlscope::app::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxPixels = 16384;
constexpr double kGifRate = 20.0;

struct RenderOptions {
  std::string file;
  std::string out;
  std::string compare;  ///< second recording, drawn in the right half
  std::optional<std::string> label;
  std::optional<std::string> versus;
  std::string sentence;
  RecogniseOptions recognise;
  std::optional<double> time;
  std::string size = "1280x720";
  float scale = 1.0F;
  bool transparent = false;
  bool contribution = false;
  std::string theme = "dark";
  std::string view = "default";
  std::string colour_map = "viridis";
  std::string reference;
  std::optional<double> threshold;
};

/// What is drawn: the clip, what was recognised in it, and which sentence colours the joints.
struct Subject {
  core::ClipPtr clip;
  std::optional<core::Recognition> recognition;
  std::optional<std::size_t> label;
  std::optional<std::size_t> versus;
  std::size_t sentence = core::kSentenceCount - 1;
  std::string sentence_text;
};

bool is_film(const std::string& file) {
  const std::string extension = extension_of(file);
  return extension == ".mp4" || extension == ".gif";
}

/// Also where no label is coloured: a name that is not known is a slip of the pen.
void check_colour_map(const std::string& id) {
  const std::vector<std::string> known = render::ColorMap::ids();
  if (std::ranges::find(known, id) != known.end()) return;
  throw Error(Code::bad_argument,
              fmt::format("--colour-map: found {}, expected one of {}", id, fmt::join(known, ", ")));
}

void check_person(const RenderOptions& options, const core::Clip& clip) {
  if (!options.recognise.person || static_cast<std::size_t>(*options.recognise.person) < clip.persons.size()) return;
  throw Error(Code::bad_argument, fmt::format("--person: found {}, but {} has {} persons, counted from 0",
                                              *options.recognise.person, clip.path, clip.persons.size()));
}

void check_labels(const RenderOptions& options, const Subject& subject, const core::LabelSet& labels) {
  if (subject.versus && subject.versus == subject.label) {
    throw Error(Code::bad_argument,
                fmt::format("--versus: found {}, expected another label than --label", *options.versus));
  }
  if (labels.labels.empty() && (!options.sentence.empty() || options.contribution)) {
    throw Error(Code::bad_argument, "render: --sentence and --contribution need --label or --labels");
  }
}

/// One for the recording, and one for that of --compare.
std::vector<Subject> make_subjects(const RenderOptions& options, const std::stop_token& stop) {
  Subject plain;
  if (!options.sentence.empty()) plain.sentence = core::sentence_index(options.sentence);
  core::LabelSet labels = requested_labels(options.recognise);
  if (options.label) plain.label = find_or_add(labels, *options.label);
  if (options.versus) plain.versus = find_or_add(labels, *options.versus);
  check_labels(options, plain, labels);
  check_colour_map(options.colour_map);
  std::vector<Subject> subjects(options.compare.empty() ? 1 : 2, plain);
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    subjects[i].clip =
        core::read_clip(i == 0 ? options.file : options.compare, read_options(options.recognise.read, stop));
    check_person(options, *subjects[i].clip);
  }
  if (labels.labels.empty()) return subjects;
  Recogniser recogniser(options.recognise, labels, stop);
  for (Subject& subject : subjects) {
    subject.recognition = recogniser.recognise(subject.clip, true);
    // Both halves show the same label: the first one's best where none was asked for.
    if (!subject.label) subject.label = subjects.front().recognition->ranking().at(0);
    subject.sentence_text = recogniser.labels().labels.at(*subject.label).sentences.at(subject.sentence).text;
  }
  return subjects;
}

render::SceneOptions scene_options(const RenderOptions& options, const Subject& subject) {
  render::SceneOptions scene;
  if (subject.recognition && !subject.recognition->attention.empty()) {
    scene.label = subject.label;
    scene.sentence = subject.sentence;
    scene.versus = subject.versus;
  }
  scene.contribution = options.contribution;
  const bool is_signed = options.contribution || options.versus;
  scene.colour_map = is_signed && options.colour_map == "viridis" ? "coolwarm" : options.colour_map;
  scene.person = options.recognise.person.value_or(-1);
  return scene;
}

/// Draws one clip at any of its times, or two beside each other.
class Artist {
 public:
  Artist(const RenderOptions& options, const std::vector<Subject>& subjects) : renderer_(core::resource_dir()) {
    const PictureSize size = parse_size(options.size);
    viewport_.width = static_cast<int>(std::lround(static_cast<float>(size.width) * options.scale));
    viewport_.height = static_cast<int>(std::lround(static_cast<float>(size.height) * options.scale));
    if (is_film(options.out)) {
      viewport_.width = render::film_side(options.out, viewport_.width);
      viewport_.height = render::film_side(options.out, viewport_.height);
    }
    viewport_.pixel_ratio = options.scale;
    viewport_.transparent = options.transparent;
    if (std::max(viewport_.width, viewport_.height) > kMaxPixels || std::min(viewport_.width, viewport_.height) < 1) {
      throw Error(Code::bad_argument,
                  fmt::format("--size {} times --scale {:g} is {} x {} pixels; the sides must lie "
                              "between 1 and {}",
                              options.size, options.scale, viewport_.width, viewport_.height, kMaxPixels));
    }
    theme_ = options.theme == "light" ? render::Theme::light() : render::Theme::dark();
    for (const Subject& subject : subjects) add_sight(options, subject);
  }

  render::Image draw(double seconds) {
    if (sights_.size() == 1) return renderer_.grab(scene(sights_[0], seconds), viewport_);
    render::Scene left = scene(sights_[0], seconds);
    render::Scene right = scene(sights_[1], seconds);
    render::share_range(left, right);
    return renderer_.grab_beside(left, right, viewport_);
  }

  const render::Viewport& viewport() const { return viewport_; }
  std::string description() const { return renderer_.description(); }

 private:
  /// A clip and from where it is looked at.
  struct Sight {
    const Subject& subject;
    render::SceneOptions options;
    render::Camera camera;
    float floor;
  };

  void add_sight(const RenderOptions& options, const Subject& subject) {
    const render::Viewport part = options.compare.empty() ? viewport_ : render::halves(viewport_).first;
    const float aspect = static_cast<float>(std::max(1, part.width)) / static_cast<float>(part.height);
    const render::SceneOptions scene = scene_options(options, subject);
    render::Camera camera = render::default_camera(*subject.clip, scene.person, aspect);
    set_view(camera, options.view);
    sights_.push_back({subject, scene, camera, render::floor_height(*subject.clip, scene.person)});
    // Both are seen from as far away, so that the persons' sizes can be compared.
    float distance = 0;
    for (const Sight& sight : sights_) distance = std::max(distance, sight.camera.distance);
    for (Sight& sight : sights_) sight.camera.distance = distance;
  }

  render::Scene scene(const Sight& sight, double seconds) const {
    const core::Recognition* recognition = sight.subject.recognition ? &*sight.subject.recognition : nullptr;
    const double moment = std::min(seconds, sight.subject.clip->duration());
    render::Scene scene = render::make_scene(*sight.subject.clip, moment, recognition, sight.options);
    if (scene.quantity) scene.quantity->note = sight.subject.sentence_text;
    scene.camera = sight.camera;
    scene.floor_height = sight.floor;
    scene.theme = theme_;
    scene.caption = fmt::format("{}  {:.2f} s", sight.subject.clip->name, moment);
    if (recognition != nullptr) scene.scores = score_lines(*recognition);
    return scene;
  }

  static void set_view(render::Camera& camera, const std::string& name) {
    if (name == "front") camera.set_preset(render::ViewPreset::front);
    if (name == "side") camera.set_preset(render::ViewPreset::side);
    if (name == "top") camera.set_preset(render::ViewPreset::top);
    if (name == "perspective") camera.set_preset(render::ViewPreset::perspective);
  }

  render::HeadlessContext context_;
  render::Renderer renderer_;
  render::Viewport viewport_;
  render::Theme theme_;
  std::vector<Sight> sights_;
};

/// Of the longer clip. Seconds.
double duration_of(const std::vector<Subject>& subjects) {
  double longest = 0;
  for (const Subject& subject : subjects) longest = std::max(longest, subject.clip->duration());
  return longest;
}

/// --time, or the middle of the clip. @throws Error{Code::bad_argument} outside the clip
double picture_time(const RenderOptions& options, const std::vector<Subject>& subjects) {
  const double duration = duration_of(subjects);
  if (!options.time) return duration / 2;
  if (!(*options.time >= 0 && *options.time <= duration)) {
    throw Error(Code::bad_argument, fmt::format("--time: found {:g} s, expected 0 to {:.3f} s, the length of {}",
                                                *options.time, duration, subjects.front().clip->name));
  }
  return *options.time;
}

/// Compares with the reference; writes a difference picture beside the output when it is off.
int compare(const RenderOptions& options, const render::Image& image, const render::Image& reference, Json& document) {
  const double error = render::image_error(image, reference);
  const double threshold = options.threshold.value_or(0.0);
  const bool same_size = image.width == reference.width && image.height == reference.height;
  document["reference"] = options.reference;
  document["threshold"] = threshold;
  document["error"] = number(error);
  document["diff"] = nullptr;
  if (same_size && error <= threshold) return kDone;
  const fs::path diff = fs::path(options.out).replace_extension(".diff.png");
  render::write_png(difference(image, reference), diff);
  document["diff"] = diff.string();
  const std::string how = same_size ? fmt::format("differs by {:.6f}, more than {:g}, from", error, threshold)
                                    : fmt::format("is {} x {} pixels, not {} x {} like", image.width, image.height,
                                                  reference.width, reference.height);
  fmt::print(stderr, "purlscope: {} {} {}; see {}\n", options.out, how, options.reference, diff.string());
  return kFailed;
}

int write_picture(const RenderOptions& options, const std::vector<Subject>& subjects, Artist& artist, Json& document) {
  const double seconds = picture_time(options, subjects);
  std::optional<render::Image> reference;
  if (!options.reference.empty()) reference = render::read_png(options.reference);
  const render::Image image = artist.draw(seconds);
  render::write_png(image, options.out);
  document["time"] = number(seconds);
  document["width"] = image.width;
  document["height"] = image.height;
  return reference ? compare(options, image, *reference, document) : kDone;
}

int write_film(const RenderOptions& options, const std::vector<Subject>& subjects, Artist& artist,
               const std::stop_token& stop, Json& document) {
  const double recorded = subjects.front().clip->rate();
  const double rate = extension_of(options.out) == ".gif" ? std::min(kGifRate, recorded) : recorded;
  const std::size_t frames = render::film_frames(duration_of(subjects), rate);
  const render::Viewport& viewport = artist.viewport();
  ProgressPrinter printer;
  render::record_film(
      {options.out, viewport.width, viewport.height, rate, 0.0, frames},
      [&](double seconds) { return artist.draw(seconds); }, printer.callback(), stop);
  document["width"] = viewport.width;
  document["height"] = viewport.height;
  document["frames"] = frames;
  document["fps"] = number(rate);
  return kDone;
}

int render_clip(const RenderOptions& options, const std::stop_token& stop) {
  const std::string extension = extension_of(options.out);
  const bool film = is_film(options.out);
  if (!film && extension != ".png") {
    throw Error(Code::bad_argument,
                fmt::format("--out: found {}, expected a name that ends in .png, .mp4 or .gif", options.out));
  }
  if (film && (!options.reference.empty() || options.time)) {
    throw Error(Code::bad_argument, "--reference and --time are for pictures; give --out a name that ends in .png");
  }
  if (film && options.transparent) {
    throw Error(Code::bad_argument, "--transparent: films have no transparency; give --out a name that ends in .png");
  }
  std::error_code unreachable;
  if (!options.reference.empty() && fs::equivalent(options.out, options.reference, unreachable)) {
    throw Error(Code::bad_argument,
                fmt::format("--out and --reference are the same file, {}: it would be lost; give --out another name",
                            options.reference));
  }
  if (options.threshold && !std::isfinite(*options.threshold)) {
    throw Error(Code::bad_argument, "--threshold: expected a number from 0 to 1");
  }
  const std::vector<Subject> subjects = make_subjects(options, stop);
  const Subject& subject = subjects.front();
  prepare_output(options.out);
  Artist artist(options, subjects);
  Json document = {{"file", options.file},
                   {"out", options.out},
                   {"label", nullptr},
                   {"sentence", nullptr},
                   {"renderer", artist.description()}};
  if (subject.recognition) {
    document["label"] = subject.recognition->labels[*subject.label].label;
    document["sentence"] = core::kSentences[subject.sentence];
  }
  if (options.versus) document["versus"] = *options.versus;
  if (!options.compare.empty()) document["compare"] = options.compare;
  const int code =
      film ? write_film(options, subjects, artist, stop, document) : write_picture(options, subjects, artist, document);
  print_line(document);
  return code;
}

void add_look_options(CLI::App& app, RenderOptions& options) {
  app.add_option("--size", options.size, "width x height in logical pixels")->capture_default_str();
  app.add_option("--scale", options.scale, "device pixels per logical pixel")
      ->check(CLI::Range(0.25, 8.0))
      ->capture_default_str();
  app.add_flag("--transparent", options.transparent, "no background");
  app.add_flag("--contribution", options.contribution, "colour by each joint's share in the score, not by attention");
  app.add_option("--theme", options.theme, "dark or light")
      ->check(CLI::IsMember({"dark", "light"}))
      ->capture_default_str();
  app.add_option("--view", options.view, "default, front, side, top or perspective")
      ->check(CLI::IsMember({"default", "front", "side", "top", "perspective"}))
      ->capture_default_str();
  app.add_option("--colour-map", options.colour_map, "colour map, a file name in the resources")->capture_default_str();
}

}  // namespace

Run define_render(CLI::App& app) {
  auto options = std::make_shared<RenderOptions>();
  app.add_option("FILE", options->file, "recording")->required();
  app.add_option("--out", options->out, "picture (.png) or film (.mp4, .gif) to write")->required();
  auto* label =
      app.add_option("--label", options->label, "label whose attention is shown; the best one of --labels without it");
  app.add_option("--versus", options->versus,
                 "label whose attention is taken off that of --label: the colours are the difference")
      ->needs(label);
  app.add_option("--compare", options->compare, "second recording, drawn to the right of the first at the same time");
  app.add_option("--sentence", options->sentence, "head, hands, torso, legs, start, middle, end or global");
  add_label_options(app, options->recognise);
  add_model_options(app, options->recognise);
  add_read_options(app, options->recognise.read);
  app.add_option("--time", options->time, "seconds into the clip; its middle without it");
  add_look_options(app, *options);
  auto* reference =
      app.add_option("--reference", options->reference, "picture to compare with; exit 1 when it differs");
  app.add_option("--threshold", options->threshold, "largest mean absolute difference that passes, 0 to 1")
      ->check(CLI::Range(0.0, 1.0))
      ->needs(reference);
  app.add_flag("--json")->description("a JSON summary on stdout (always given)");
  return [options](const Call& call) { return render_clip(*options, call.stop); };
}

}  // namespace purlscope::app::cli
