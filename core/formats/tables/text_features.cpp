#include "core/formats/tables/text_features.h"

#include <fmt/format.h>

#include <fstream>
#include <set>

#include "core/base/error.h"
#include "core/formats/numpy/npy.h"
#include "core/formats/numpy/npz_reader.h"
#include "core/formats/parse/source.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMaxTexts = 1000000;

NdArray to_rows(const NpyArray& array, std::size_t rows) {
  const std::vector<std::size_t>& shape = array.header.shape;
  if (shape.size() != 2 || shape[0] != rows || shape[1] == 0 || array.header.fortran) {
    throw Error(Code::bad_format,
                fmt::format("{}: expected an array [{}, dim] in C order, one row for each text", array.place, rows));
  }
  NdArray features({shape[0], shape[1]});
  features.data = array.floats();
  return features;
}

std::vector<std::string> read_lines(const fs::path& file) {
  std::ifstream in(file);
  if (!in) {
    throw Error(Code::not_found,
                fmt::format("{}: cannot be read; the texts of the rows are expected in it, one a line", file.string()));
  }
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

void expect_different(const TextFeatures& table) {
  std::set<std::string_view> seen;
  for (const std::string& text : table.texts) {
    if (seen.insert(text).second) continue;
    throw Error(Code::bad_format,
                fmt::format("{}: the text \"{}\" has two rows of features; remove one", table.place, text));
  }
}

}  // namespace

bool is_text_features(const fs::path& file) { return file.extension() == ".npz" || file.extension() == ".npy"; }

TextFeatures read_text_features(const fs::path& file) {
  std::error_code missing;
  if (!fs::is_regular_file(file, missing)) {
    throw Error(Code::not_found, fmt::format("{}: no such file of text features; check --encoder", file.string()));
  }
  TextFeatures table{file.string(), file.filename().string(), {}, {}};
  if (file.extension() == ".npy") {
    table.texts = read_lines(fs::path(file).replace_extension(".txt"));
    std::ifstream in(file, std::ios::binary);
    table.features = to_rows(parse_npy(table.place, {std::istreambuf_iterator<char>(in), {}}), table.texts.size());
  } else {
    NpzArchive archive(file, {});
    table.texts = archive.read("texts").texts(kMaxTexts);
    table.features = to_rows(archive.read("features"), table.texts.size());
    if (archive.has("encoder")) {
      const std::vector<std::string> names = archive.read("encoder").texts(1);
      if (!names.empty()) table.encoder = names.front();
    }
  }
  expect_different(table);
  return table;
}

}  // namespace purlscope::core
