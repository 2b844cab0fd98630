#include "app/studio/document/document_file.h"

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/formats/parse/source.h"

namespace purlscope::app {
namespace {

std::filesystem::path bundled_clips() {
  try {
    return core::resource("clips");
  } catch (const Error&) {
    return {};  // an incomplete installation: clips are then named in full
  }
}

}  // namespace

DocumentPlaces places_of(const std::filesystem::path& file) { return {file.parent_path(), bundled_clips()}; }

void save_document(const std::filesystem::path& file, const Document& document) {
  const std::string text = write_document(document, places_of(file));
  core::AtomicFile out(file);
  out.write(text.data(), text.size());
  out.commit();
}

ReadDocument load_document(const std::filesystem::path& file) {
  return read_document(core::read_bytes(file, {}), file.string(), places_of(file));
}

}  // namespace purlscope::app
