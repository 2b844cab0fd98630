#include "core/formats/readers/mocap/c3d_parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "core/formats/readers/mocap/mocap_clip.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

std::string upper(std::string_view text) {
  std::string out(trimmed(text));
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

}  // namespace

std::uint16_t C3dBytes::word(std::size_t at) const {
  const unsigned first = byte(at);
  const unsigned second = byte(at + 1);
  return static_cast<std::uint16_t>(processor_ == C3dProcessor::mips ? first << 8 | second : second << 8 | first);
}

float C3dBytes::real(std::size_t at) const {
  const std::uint32_t first = word(at);
  const std::uint32_t second = word(at + 2);
  if (processor_ == C3dProcessor::intel) return std::bit_cast<float>(second << 16 | first);
  const std::uint32_t bits = first << 16 | second;
  if (processor_ == C3dProcessor::mips) return std::bit_cast<float>(bits);
  // A VAX F float has its exponent two higher than an IEEE float, and no denormals.
  return (bits & 0x7F800000U) == 0 ? 0.0F : std::bit_cast<float>(bits) / 4.0F;
}

C3dParameters::C3dParameters(const fs::path& file, const C3dBytes& bytes, std::size_t at) : bytes_(bytes) {
  const auto need = [&](std::size_t from, std::size_t count) {
    if (from <= bytes.size() && count <= bytes.size() - from) return;
    throw format_error(file, fmt::format("byte {}: a parameter reaches beyond the file's {} bytes; it is truncated or "
                                         "damaged: get it again",
                                         from, bytes.size()));
  };
  std::map<int, std::string> groups;
  std::vector<std::pair<int, std::pair<std::string, Array>>> members;  // a group may follow its parameters
  at += 4;                                                             // the section's header
  while (true) {
    need(at, 2);
    const auto name_size = static_cast<std::size_t>(std::abs(bytes.signed_byte(at)));
    if (name_size == 0) break;
    const int id = bytes.signed_byte(at + 1);
    need(at + 2, name_size + 2);
    const std::string name = upper(bytes.text(at + 2, name_size));
    const std::size_t link = at + 2 + name_size;
    const std::size_t distance = bytes.word(link);
    if (id < 0) {
      groups[-id] = name;
    } else if (id > 0) {
      Array array;
      need(link + 2, 2);
      array.type = bytes.signed_byte(link + 2);
      const std::size_t dimensions = bytes.byte(link + 3);
      need(link + 4, dimensions);
      array.at = link + 4 + dimensions;
      array.count = 1;
      for (std::size_t d = 0; d < dimensions; ++d) {
        array.shape.push_back(bytes.byte(link + 4 + d));
        array.count = std::min(array.count * array.shape.back(), bytes.size() + 1);
      }
      need(array.at, array.count * static_cast<std::size_t>(std::min(std::abs(array.type), 4)));
      members.push_back({id, {name, array}});
    }
    if (distance == 0) break;
    if (distance < 2)
      throw format_error(file, fmt::format("byte {}: a parameter of no size; the file is damaged", link));
    at = link + distance;
  }
  for (auto& [id, member] : members) {
    const auto group = groups.find(id);
    if (group != groups.end()) arrays_[group->second + ":" + member.first] = member.second;
  }
}

const C3dParameters::Array* C3dParameters::find(const std::string& name) const {
  const auto found = arrays_.find(name);
  return found == arrays_.end() ? nullptr : &found->second;
}

std::optional<double> C3dParameters::number(const std::string& name, std::size_t element) const {
  const Array* array = find(name);
  if (array == nullptr || element >= array->count) return std::nullopt;
  if (array->type == 1) return bytes_.byte(array->at + element);
  if (array->type == 2) return bytes_.word(array->at + 2 * element);
  if (array->type == 4) return bytes_.real(array->at + 4 * element);
  return std::nullopt;
}

std::vector<std::string> C3dParameters::texts(const std::string& name) const {
  const Array* array = find(name);
  if (array == nullptr || array->type != -1 || array->count == 0) return {};
  const std::size_t width = array->shape.empty() ? 1 : array->shape[0];
  std::vector<std::string> out;
  for (std::size_t i = 0; i < array->count; i += width) {
    const std::string_view text = bytes_.text(array->at + i, width);
    out.emplace_back(trimmed(text.substr(0, text.find('\0'))));
  }
  return out;
}

}  // namespace purlscope::core
