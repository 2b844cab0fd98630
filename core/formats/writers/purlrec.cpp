#include "core/formats/purlrec.h"
#include "core/base/atomic_file.h"
#include "core/formats/writers/writers.h"

namespace purlscope::core {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20;
constexpr std::size_t kFramesPerReport = 1024;

void write(AtomicFile& out, const std::string& bytes) { out.write(bytes.data(), bytes.size()); }

}  // namespace

std::vector<std::string> write_purlrec(const Clip& clip, const std::filesystem::path& file,
                                       const WriteOptions& options) {
  const std::string head =
      purlrec_head({clip.layout, clip.fps, clip.unit, clip.label, clip.label_index, clip.segments, clip.tags});
  AtomicFile out(file);
  write(out, head);
  const std::size_t joints = clip.joint_count();
  PurlrecBlock block;
  std::vector<PurlrecPerson> seen;
  std::size_t crowded = 0;
  for (std::size_t t = 0; t < clip.frames; ++t) {
    if (t % kFramesPerReport == 0) {
      throw_if_stopped(options.stop);
      if (options.progress) {
        options.progress({"Writing frames", static_cast<double>(t) / static_cast<double>(clip.frames), {}});
      }
    }
    seen.clear();
    for (std::size_t p = 0; p < clip.persons.size(); ++p) {
      if (clip.absent(p, t)) continue;
      const Person& person = clip.persons[p];
      seen.push_back({person.id,
                      std::span(person.joints).subspan(t * joints, joints),
                      std::span(person.state).subspan(t * joints, joints),
                      {}});
    }
    crowded += seen.size() > kPurlrecMostPersons ? 1 : 0;
    block.add(clip.times[t], seen);
    if (block.bytes() > kBlockBytes) write(out, block.take());
  }
  write(out, block.take());
  out.commit();
  std::vector<std::string> lost;
  if (crowded > 0) lost.emplace_back("a frame holds at most 64 persons, the others are left out");
  return lost;
}

}  // namespace purlscope::core
