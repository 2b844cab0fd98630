#include "core/formats/numpy/npz_writer.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/base/utf8.h"

namespace purlscope::core {
namespace {

constexpr std::size_t kAlignment = 64;  // of the array's bytes, as numpy writes them

/// Shape as a Python tuple: "()", "(8,)", "(8, 4, 20)".
std::string tuple(const std::vector<std::size_t>& shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) text += fmt::format("{}{}", i == 0 ? "" : ", ", shape[i]);
  return text + (shape.size() == 1 ? ",)" : ")");
}

/// Magic, version 1.0, header length, header padded with blanks to the alignment and ended by a line feed.
std::string npy_header(const std::string& dtype, const std::vector<std::size_t>& shape) {
  std::string header = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}", dtype, tuple(shape));
  constexpr std::size_t kPrefix = 10;
  const std::size_t total = (kPrefix + header.size() + 1 + kAlignment - 1) / kAlignment * kAlignment;
  header.resize(total - kPrefix - 1, ' ');
  header += '\n';
  std::string out("\x93NUMPY\x01\x00", 8);
  out += static_cast<char>(header.size() & 0xFF);
  out += static_cast<char>(header.size() >> 8);
  return out + header;
}

template <typename T>
std::string npy(const char* dtype, const std::vector<std::size_t>& shape, const std::vector<T>& data) {
  return npy_header(dtype, shape).append(reinterpret_cast<const char*>(data.data()), data.size() * sizeof(T));
}

std::string npy(const NdArray& array) { return npy("<f4", array.shape, array.data); }
std::string npy(const NpzNumbers<double>& array) { return npy("<f8", array.shape, array.data); }
std::string npy(const NpzNumbers<std::int32_t>& array) { return npy("<i4", array.shape, array.data); }
std::string npy(const NpzNumbers<std::uint8_t>& array) { return npy("|u1", array.shape, array.data); }

std::string npy(const std::vector<std::string>& texts, const std::vector<std::size_t>& shape) {
  std::vector<std::u32string> decoded;
  std::size_t width = 1;
  for (const std::string& text : texts) {
    decoded.push_back(code_points(text));
    width = std::max(width, decoded.back().size());
  }
  std::string out = npy_header(fmt::format("<U{}", width), shape);
  for (std::u32string& text : decoded) {
    text.resize(width);
    out.append(reinterpret_cast<const char*>(text.data()), width * sizeof(char32_t));
  }
  return out;
}

std::string npy(const std::vector<std::string>& texts) { return npy(texts, {texts.size()}); }
std::string npy(const std::string& text) { return npy(std::vector{text}, std::vector<std::size_t>{}); }

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};

Error write_error(const std::filesystem::path& file, const char* reason) {
  return Error(Code::io,
               fmt::format("{}: cannot be written: {}; check the folder and the free space", file.string(), reason));
}

}  // namespace

void write_npz(const std::filesystem::path& file, const std::map<std::string, NpzValue>& arrays,
               const std::stop_token& stop) {
  int code = 0;
  std::unique_ptr<zip_t, Discard> archive(zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
  if (!archive) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    throw write_error(file, reason.c_str());
  }
  // libzip reads the bytes when the archive is closed.
  std::map<std::string, std::string> members;
  for (const auto& [name, value] : arrays) {
    members[name + ".npy"] = std::visit([](const auto& array) { return npy(array); }, value);
  }
  for (const auto& [name, bytes] : members) {
    zip_source_t* source = zip_source_buffer(archive.get(), bytes.data(), bytes.size(), 0);
    const zip_int64_t index =
        source == nullptr ? -1 : zip_file_add(archive.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      if (source != nullptr) zip_source_free(source);
      throw write_error(file, zip_strerror(archive.get()));
    }
    zip_set_file_compression(archive.get(), static_cast<zip_uint64_t>(index), ZIP_CM_DEFLATE, 0);
  }
  std::stop_token token = stop;
  zip_register_cancel_callback_with_state(
      archive.get(),
      [](zip_t*, void* asked) { return static_cast<const std::stop_token*>(asked)->stop_requested() ? 1 : 0; }, nullptr,
      &token);
  if (zip_close(archive.get()) != 0) {
    throw_if_stopped(stop);
    throw write_error(file, zip_strerror(archive.get()));
  }
  archive.release();  // closing freed it
}

}  // namespace purlscope::core
