#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <cstdlib>

#include "app/cli/bench/engine_check.h"
#include "app/cli/commands/command.h"
#include "app/cli/support/json_output.h"
#include "app/cli/support/recognising.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/base/progress.h"
#include "core/engine/loader.h"
#include "core/formats/class_list.h"
#include "core/live/camera/pose_helper.h"
#include "core/skeleton/retarget.h"
#include "core/text/descriptions.h"
#include "render/headless.h"
#include "render/renderer.h"

namespace purlscope::app::cli {
namespace {

namespace fs = std::filesystem;

struct DoctorOptions {
  bool as_json = false;
  bool answers = false;
  EngineCheckOptions check;
};

/// One line of the report. What is optional is `ok` when absent, and says so in its detail.
struct Check {
  std::string name;
  bool ok = true;
  std::string detail;
  std::string remedy;
};

/// Runs a check; an exception becomes a failed one. `remedy` stands for failures alone.
template <typename Function>
Check check(std::string name, const std::string& remedy, Function detail) {
  try {
    std::string found = detail();  // before the name moves away: it may throw
    return {std::move(name), true, std::move(found), ""};
  } catch (const std::exception& error) {
    return {std::move(name), false, error.what(), remedy};
  }
}

constexpr const char* kSetUp = "Run ./run.sh --setup-only in the source folder, or reinstall the program.";

/// The engine library, the default model and the text encoder, which is run: a damaged weight file shows only there.
void check_engine(std::vector<Check>& checks) {
  std::unique_ptr<core::Engine> engine;
  core::EngineInfo info;
  checks.push_back(check("engine library", kSetUp, [] {
    core::load_engine_module();
    return core::engine_library().string();
  }));
  if (!checks.back().ok) return;
  checks.push_back(check("default model", kSetUp, [&] {
    engine = core::load_engine();
    info = engine->describe();
    return fmt::format("{}, {} scoring, {} at {:g} Hz", info.model, info.scoring, info.window.layout, info.window.fps);
  }));
  if (!checks.back().ok) return;
  checks.push_back({"libtorch", true, info.build, ""});
  checks.push_back({"threads", true, fmt::format("{} for the engine on {}", info.threads, info.device), ""});
  checks.push_back(check("text encoder", kSetUp, [&] {
    return fmt::format("{}, {} dimensions, {}", info.text_encoder, engine->encode({"wave"}).shape.at(1),
                       core::minilm_dir().string());
  }));
}

/// Layouts, maps between them, class lists and descriptions: one of each is opened.
Check check_data_files() {
  return check("data files", kSetUp, [] {
    const auto map = core::retarget_map("ntu25", "kinect20");
    const std::size_t classes = core::class_list("nw-ucla").classes.size();
    const std::size_t described = core::DescriptionBank::bundled().labels().size();
    return fmt::format("{} to {} joints, {} classes, {} described labels", map->from->size(), map->to->size(), classes,
                       described);
  });
}

Check check_gl() {
  return check("opengl", "Install the packages libegl1 and libgl1-mesa-dri, or a driver for the graphics card.", [] {
    const render::HeadlessContext context;
    return render::Renderer(core::resource_dir()).description() + ", without a display (EGL)";
  });
}

/// A GPU is reported, never required.
Check check_gpu() {
  try {
    const core::GpuReport report = core::load_engine_module().gpu();
    return {"cuda", true, report.detail, report.remedy};
  } catch (const Error&) {
    return {"cuda", true, "not asked: the engine library cannot be loaded", ""};
  }
}

/// Whether this machine's fast ways give the answers of the plain ones.
Check check_answers(const EngineCheckOptions& options, const std::stop_token& stop) {
  constexpr const char* kRemedy = "Use --device cpu, and report what differs with the output of this command.";
  Check row = check("answers", kRemedy, [&] {
    const EngineCheck found = check_engine(options, stop);
    if (!found.report.agrees()) throw Error(Code::internal, describe(found));
    return describe(found);
  });
  core::throw_if_stopped(stop);
  return row;
}

/// Cameras and videos are optional: the pose network is installed only when asked for.
Check check_camera() {
  for (const fs::path& parts : core::pose_helper_parts()) {
    std::error_code absent;
    for (const fs::directory_entry& entry : fs::directory_iterator(parts, absent)) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with("camera-") && fs::is_directory(entry.path() / "mediapipe", absent)) {
        return {"camera", true, fmt::format("pose network for Python {}, {}", name.substr(7), parts.string()), ""};
      }
    }
  }
  return {"camera", true, "no pose network: cameras and videos cannot be used, everything else works",
          "Run ./run.sh --with-camera."};
}

Check check_display() {
  for (const char* variable : {"WAYLAND_DISPLAY", "DISPLAY"}) {
    const char* value = std::getenv(variable);
    if (value != nullptr && *value != '\0') return {"display", true, fmt::format("{}={}", variable, value), ""};
  }
  return {"display", true, "none: every command works, the studio needs one", "Log in to a desktop, or use ssh -X."};
}

std::vector<Check> run_checks(const DoctorOptions& options, const std::stop_token& stop) {
  std::vector<Check> checks;
  checks.push_back({"version", true, fmt::format("purlscope {}", core::version()), ""});
  checks.push_back(check("resources", kSetUp, [] { return core::resource_dir().string(); }));
  checks.push_back(check_data_files());
  check_engine(checks);
  checks.push_back(check_gl());
  checks.push_back(check_gpu());
  checks.push_back(check_camera());
  checks.push_back(check_display());
  if (options.answers) checks.push_back(check_answers(options.check, stop));
  return checks;
}

void print_for_people(const std::vector<Check>& checks) {
  for (const Check& row : checks) {
    fmt::print("{:<8} {:<15} {}\n", row.ok ? "ok" : "MISSING", row.name, row.detail);
    if (!row.ok) fmt::print("{:24} {}\n", "", row.remedy);
  }
}

int doctor(const DoctorOptions& options, const std::stop_token& stop) {
  const std::vector<Check> checks = run_checks(options, stop);
  bool ok = true;
  Json list = Json::array();
  for (const Check& row : checks) {
    ok = ok && row.ok;
    list.push_back({{"name", row.name},
                    {"ok", row.ok},
                    {"detail", row.detail},
                    {"remedy", row.remedy.empty() ? Json(nullptr) : Json(row.remedy)}});
  }
  options.as_json ? print_line({{"ok", ok}, {"checks", std::move(list)}}) : print_for_people(checks);
  return ok ? kDone : kFailed;
}

}  // namespace

Run define_doctor(CLI::App& app) {
  auto options = std::make_shared<DoctorOptions>();
  app.add_flag("--json", options->as_json, "JSON on stdout");
  auto* check = app.add_flag("--check", options->answers,
                             "compare the engine's answers on the bundled recordings with those of the processor, "
                             "operator by operator");
  app.add_option(
         "--weights", options->check.weights,
         "Shift-GCN checkpoint for --check: safetensors file, or the name of installed weights; installed ones, "
         "else random ones without it")
      ->needs(check);
  add_device_option(app, options->check.device);
  app.get_option("--device")->needs(check);
  return [options](const Call& call) { return doctor(*options, call.stop); };
}

}  // namespace purlscope::app::cli
