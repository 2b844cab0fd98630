#include <dlfcn.h>
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <cstdlib>

#include "app/cli/commands/command.h"
#include "app/cli/support/json_output.h"
#include "core/base/error.h"
#include "core/base/paths.h"
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

/// Recognition runs on the processor; a GPU, on which networks may be trained, is reported, never required.
Check check_gpu() {
  std::error_code unreachable;
  if (!fs::exists("/dev/nvidia0", unreachable))
    return {"cuda", true, "no NVIDIA GPU: the engine runs on the processor", ""};
  void* const driver = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
  if (driver == nullptr) {
    return {"cuda", true, "NVIDIA device without libcuda.so.1: the engine runs on the processor",
            "Install NVIDIA's driver to have the GPU seen."};
  }
  int version = 0;
  using DriverVersion = int (*)(int*);
  if (const auto ask = reinterpret_cast<DriverVersion>(dlsym(driver, "cuDriverGetVersion")); ask != nullptr)
    ask(&version);
  dlclose(driver);
  return {"cuda", true, fmt::format("driver for CUDA {}.{}", version / 1000, version % 1000 / 10), ""};
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

std::vector<Check> run_checks() {
  std::vector<Check> checks;
  checks.push_back({"version", true, fmt::format("purlscope {}", core::version()), ""});
  checks.push_back(check("resources", kSetUp, [] { return core::resource_dir().string(); }));
  checks.push_back(check_data_files());
  check_engine(checks);
  checks.push_back(check_gl());
  checks.push_back(check_gpu());
  checks.push_back(check_camera());
  checks.push_back(check_display());
  return checks;
}

void print_for_people(const std::vector<Check>& checks) {
  for (const Check& row : checks) {
    fmt::print("{:<8} {:<15} {}\n", row.ok ? "ok" : "MISSING", row.name, row.detail);
    if (!row.ok) fmt::print("{:24} {}\n", "", row.remedy);
  }
}

int doctor(bool as_json) {
  const std::vector<Check> checks = run_checks();
  bool ok = true;
  Json list = Json::array();
  for (const Check& row : checks) {
    ok = ok && row.ok;
    list.push_back({{"name", row.name},
                    {"ok", row.ok},
                    {"detail", row.detail},
                    {"remedy", row.remedy.empty() ? Json(nullptr) : Json(row.remedy)}});
  }
  as_json ? print_line({{"ok", ok}, {"checks", std::move(list)}}) : print_for_people(checks);
  return ok ? kDone : kFailed;
}

}  // namespace

Run define_doctor(CLI::App& app) {
  auto as_json = std::make_shared<bool>(false);
  app.add_flag("--json", *as_json, "JSON on stdout");
  return [as_json](const Call&) { return doctor(*as_json); };
}

}  // namespace purlscope::app::cli
