#include "app/cli/support/files.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>

#include "app/cli/support/exit_codes.h"
#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/formats/dataset.h"
#include "core/formats/registry.h"

namespace purlscope::app::cli {
namespace fs = std::filesystem;

std::vector<fs::path> expand_inputs(const std::vector<std::string>& inputs, const std::stop_token& stop) {
  std::vector<fs::path> files;
  for (const std::string& input : inputs) {
    std::error_code ignored;
    if (!fs::is_directory(input, ignored) || core::recognise_format(input) != nullptr) {
      files.emplace_back(input);
      continue;
    }
    const std::vector<fs::path> found = core::list_recordings(input, stop);
    files.insert(files.end(), found.begin(), found.end());
    if (found.empty()) files.emplace_back(input);  // fails on its own, with a reason, and the others go on
  }
  return files;
}

int for_each_file(const std::vector<fs::path>& files, const std::stop_token& stop,
                  const std::function<void(const fs::path&)>& work,
                  const std::function<void(const fs::path&, const std::string&)>& failed) {
  int code = kDone;
  const auto fail = [&](const fs::path& file, const std::string& message) {
    fmt::print(stderr, "purlscope: {}\n", message);
    failed(file, message);
    code = kFailed;
  };
  for (std::size_t done = 0; done < files.size(); ++done) {
    const Error stopped(Code::cancelled, fmt::format("stopped after {} of {} files", done, files.size()));
    if (stop.stop_requested()) throw stopped;
    std::error_code ignored;
    if (fs::is_directory(files[done], ignored) && core::recognise_format(files[done]) == nullptr) {
      fail(files[done],
           fmt::format("{}: no file in this folder is a recording of a known format", files[done].string()));
      continue;
    }
    try {
      work(files[done]);
    } catch (const Error& error) {
      if (error.code() == Code::cancelled) throw stopped;
      fail(files[done], error.what());
    } catch (const std::bad_alloc&) {
      fail(files[done], fmt::format("{}: not enough memory to read it", files[done].string()));
    } catch (const std::exception& error) {
      fail(files[done], fmt::format("{}: {}", files[done].string(), error.what()));
    }
  }
  return code;
}

Json failure_document(const fs::path& file, const std::string& message) {
  return {{"file", file.string()}, {"error", message}};
}

void prepare_output(const fs::path& file) {
  const fs::path folder = file.parent_path();
  if (folder.empty()) return;
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    throw Error(Code::io, fmt::format("{}: the folder cannot be made: {}", folder.string(), error.message()));
  }
}

}  // namespace purlscope::app::cli
