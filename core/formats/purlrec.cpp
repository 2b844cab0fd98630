#include "core/formats/purlrec.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <bit>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/error.h"
#include "core/base/paths.h"

namespace purlscope::core {
namespace {

using Json = nlohmann::ordered_json;

template <typename T>
void put(std::string& out, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) out += static_cast<char>((value >> (8 * i)) & 0xFF);
}

void put_float(std::string& out, float value) { put(out, std::bit_cast<std::uint32_t>(value)); }

Json layout_document(const JointLayout& layout) {
  if (layout.id != "own") return layout.id;
  return {{"title", layout.title}, {"joints", layout.joints}, {"parent", layout.parent}, {"planar", layout.planar}};
}

Json segment_document(const Segment& segment) {
  Json document = {{"begin", segment.begin}, {"end", segment.end}, {"label", segment.label}};
  if (segment.label_index) document["label_index"] = *segment.label_index;
  if (segment.confidence) document["confidence"] = *segment.confidence;
  return document;
}

}  // namespace

std::uint32_t purlrec_crc(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32(crc32(0, nullptr, 0), reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

std::string purlrec_head(const PurlrecHead& head) {
  if (!head.layout || head.layout->size() > kPurlrecMostJoints) {
    throw Error(Code::bad_argument, fmt::format("a recording of {} joints; .purlrec holds 1 to {}",
                                                head.layout ? head.layout->size() : 0, kPurlrecMostJoints));
  }
  Json document = {{"layout", layout_document(*head.layout)},
                   {"unit", "m"},
                   {"source_unit", head.source_unit},
                   {"fps", head.fps ? Json(*head.fps) : Json(nullptr)},
                   {"created_by", fmt::format("purlscope {}", version())}};
  if (head.label) document["label"] = *head.label;
  if (head.label_index) document["label_index"] = *head.label_index;
  if (!head.tags.empty()) document["tags"] = head.tags;
  for (const Segment& segment : head.segments) document["segments"].push_back(segment_document(segment));
  const std::string text = document.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > kPurlrecMostHead) {
    throw Error(Code::bad_argument,
                fmt::format("a recording with {} bytes of names, tags and segments; .purlrec holds at most {}",
                            text.size(), kPurlrecMostHead));
  }
  std::string bytes(kPurlrecMagic);
  put(bytes, kPurlrecVersion);
  put(bytes, static_cast<std::uint32_t>(text.size()));
  put(bytes, purlrec_crc(text));
  return bytes + text;
}

void PurlrecBlock::add(double time, std::span<const PurlrecPerson> persons) {
  const std::size_t count = std::min(persons.size(), kPurlrecMostPersons);
  put(frames_, std::bit_cast<std::uint64_t>(time));
  put(frames_, static_cast<std::uint16_t>(count));
  for (const PurlrecPerson& person : persons.first(count)) {
    const std::string_view id = person.id.substr(0, kPurlrecLongestId);
    put(frames_, static_cast<std::uint8_t>(id.size()));
    frames_ += id;
    put(frames_, static_cast<std::uint8_t>(person.confidence.empty() ? 0 : 1));
    for (const Vec3& joint : person.joints) {
      for (const float value : joint) put_float(frames_, value);
    }
    for (const JointState state : person.state) put(frames_, static_cast<std::uint8_t>(state));
    for (const float value : person.confidence) put_float(frames_, value);
  }
  ++count_;
}

std::string PurlrecBlock::take() {
  if (count_ == 0) return {};
  std::string payload;
  put(payload, std::exchange(count_, 0));
  payload += std::exchange(frames_, {});
  std::string block(kPurlrecBlock);
  put(block, static_cast<std::uint32_t>(payload.size()));
  put(block, purlrec_crc(payload));
  return block + payload;
}

}  // namespace purlscope::core
