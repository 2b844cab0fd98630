#include "core/formats/dataset/check/clip_facts.h"

#include <algorithm>
#include <limits>
#include <string_view>

#include "core/base/hash.h"

namespace purlscope::core {
namespace {

template <typename T>
std::string_view bytes_of(const T* values, std::size_t count) {
  return {reinterpret_cast<const char*>(values), count * sizeof(T)};
}

std::uint32_t clamped(std::size_t value) {
  return static_cast<std::uint32_t>(std::min<std::size_t>(value, std::numeric_limits<std::uint32_t>::max()));
}

}  // namespace

std::size_t seen_frames(const Clip& clip) {
  std::size_t seen = 0;
  for (std::size_t t = 0; t < clip.frames; ++t) {
    bool present = false;
    for (std::size_t p = 0; p < clip.persons.size() && !present; ++p) present = !clip.absent(p, t);
    seen += present ? 1 : 0;
  }
  return seen;
}

std::uint64_t content_hash(const Clip& clip) {
  Fnv1a hash;
  const std::uint64_t frames = clip.frames;
  hash.add(bytes_of(&frames, 1));
  if (clip.layout) hash.add(clip.layout->id);
  for (const Person& person : clip.persons) hash.add(bytes_of(person.joints.data(), person.joints.size()));
  return std::max<std::uint64_t>(hash.value(), 1);
}

ClipFacts facts_of(const Clip& clip) {
  ClipFacts facts;
  facts.frames = clamped(clip.frames);
  facts.seen = clamped(seen_frames(clip));
  facts.warnings = clamped(clip.warnings.size());
  facts.seconds = clip.duration();
  facts.content = content_hash(clip);
  facts.layout = clip.layout ? clip.layout->id : std::string();
  facts.label = clip.label.value_or(std::string());
  return facts;
}

}  // namespace purlscope::core
