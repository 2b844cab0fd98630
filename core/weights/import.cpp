#include "core/weights/import.h"

#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/base/safetensors.h"
#include "core/text/clip/bpe.h"
#include "core/text/wordpiece.h"
#include "core/weights/sha256.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMaxVocabularyBytes = std::size_t{32} << 20U;
constexpr const char* kClipWords = "text_model.embeddings.token_embedding.weight";
constexpr const char* kBertWords = "embeddings.word_embeddings.weight";

constexpr const char* kKnownKinds =
    "Shift-GCN checkpoints (made by tools/convert_checkpoint.py), models of this program (structured, purls), CLIP's "
    "text encoder (text_model.*, text_projection.weight), all-MiniLM-L6-v2";

bool has_all(const SafeTensors& file, std::initializer_list<const char*> names) {
  return std::all_of(names.begin(), names.end(), [&](const char* name) { return file.contains(name); });
}

std::string kind_of(const SafeTensors& file) {
  const auto stated = file.metadata().find("architecture");
  const std::string architecture = stated == file.metadata().end() ? std::string() : stated->second;
  for (const char* known : {"shift-gcn", "structured", "purls"}) {
    if (architecture == known) return known;
  }
  if (has_all(file, {kClipWords, "text_model.final_layer_norm.weight", "text_projection.weight"})) return "clip-text";
  if (has_all(file, {kBertWords, "encoder.layer.5.output.dense.weight"}) &&
      file.at(kBertWords).shape == std::vector<std::int64_t>{30522, 384})
    return "minilm";
  const std::string found = !architecture.empty() ? fmt::format("architecture '{}'", architecture)
                            : file.tensors().empty()
                                ? std::string("no tensors")
                                : fmt::format("tensors such as '{}'", file.tensors().begin()->first);
  throw Error(Code::unsupported,
              fmt::format("{}: not of a known kind: found {}; known: {}", file.path().string(), found, kKnownKinds));
}

bool is_encoder(const std::string& kind) { return kind == "clip-text" || kind == "minilm"; }

std::string name_for(const WeightsImport& wish, const std::string& kind) {
  std::string name = wish.name;
  if (name.empty()) name = kind == "clip-text" ? "clip" : kind == "minilm" ? kind : wish.file.stem().string();
  const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' ||
           c == '.' || c >= 0x80;
  });
  if (name.empty() || name.front() == '.' || name.size() > 100 || !plain) {
    throw Error(Code::bad_argument,
                fmt::format("'{}' is no name for weights: expected 1 to 100 letters, digits, - _ and "
                            ". without a dot in front; choose one with --name",
                            name));
  }
  return name;
}

bool is_floating(const SafeTensor& tensor) {
  return tensor.dtype == "F32" || tensor.dtype == "F16" || tensor.dtype == "BF16" || tensor.dtype == "F64";
}

/// @return numbers in floating-point tensors
std::int64_t count_finite(const SafeTensors& file, const std::stop_token& stop) {
  std::int64_t count = 0;
  for (const auto& [name, tensor] : file.tensors()) {
    throw_if_stopped(stop);
    if (!is_floating(tensor)) continue;
    const std::vector<float> values = file.floats(name);
    const auto bad = std::find_if_not(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
    if (bad != values.end()) {
      throw Error(Code::bad_format,
                  fmt::format("{}: tensor '{}' holds values that are not finite: value {} of {}; the file is damaged, "
                              "get it or convert it again",
                              file.path().string(), name, bad - values.begin(), values.size()));
    }
    count += static_cast<std::int64_t>(values.size());
  }
  return count;
}

struct CloseGz {
  void operator()(gzFile_s* file) const { gzclose(file); }
};

/// The whole of a file, unpacked when it is gzip.
std::string read_packed(const fs::path& path) {
  std::error_code ignored;
  const std::unique_ptr<gzFile_s, CloseGz> file(fs::is_directory(path, ignored) ? nullptr : gzopen(path.c_str(), "rb"));
  if (!file) throw Error(Code::not_found, fmt::format("{}: cannot be read; check --vocab", path.string()));
  std::string text;
  std::array<char, 1U << 16U> block{};
  while (true) {
    const int got = gzread(file.get(), block.data(), static_cast<unsigned>(block.size()));
    if (got < 0) throw Error(Code::bad_format, fmt::format("{}: damaged gzip data; get the file again", path.string()));
    if (got == 0) return text;
    text.append(block.data(), static_cast<std::size_t>(got));
    if (text.size() > kMaxVocabularyBytes) {
      throw Error(Code::limit,
                  fmt::format("{}: larger than {} MB, no vocabulary", path.string(), kMaxVocabularyBytes >> 20U));
    }
  }
}

void write_text(const fs::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out) throw Error(Code::io, fmt::format("{}: cannot be written: is the disk full?", file.string()));
}

/// Puts the vocabulary under the name that its encoder opens, and opens it.
void install_vocabulary(const WeightsImport& wish, const std::string& kind, const fs::path& folder) {
  const bool clip = kind == "clip-text";
  if (wish.vocabulary.empty()) {
    throw Error(Code::bad_argument,
                fmt::format("{}: a text encoder needs its vocabulary; add --vocab {}", wish.file.string(),
                            clip ? "bpe_simple_vocab_16e6.txt.gz (or merges.txt)" : "vocab.txt"));
  }
  const fs::path file = folder / (clip ? "merges.txt" : "vocab.txt");
  write_text(file, read_packed(wish.vocabulary));
  try {
    clip ? static_cast<void>(ClipBpe(file)) : static_cast<void>(WordPiece(file));
  } catch (const Error& error) {
    throw Error(error.code(),
                fmt::format("{}: not the vocabulary of this encoder: {}", wish.vocabulary.string(), error.what()));
  }
}

/// A folder that vanishes unless it takes its place.
class NewFolder {
 public:
  explicit NewFolder(const std::string& name)
      : target_(weights_dir() / name), folder_(weights_dir() / fmt::format(".{}.{}", name, ::getpid())) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~NewFolder() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;
  const fs::path& path() const { return folder_; }
  fs::path take_place() {
    fs::remove_all(target_);
    fs::rename(folder_, target_);
    return target_;
  }

 private:
  fs::path target_, folder_;
};

std::optional<std::string> licence_of(const WeightsImport& wish, const SafeTensors& file) {
  if (!wish.licence.empty()) return wish.licence;
  for (const char* key : {"licence", "license"}) {
    if (const auto stated = file.metadata().find(key); stated != file.metadata().end()) return stated->second;
  }
  return std::nullopt;
}

SafeTensors open(const fs::path& file) {
  try {
    return SafeTensors::open(file);
  } catch (const Error& error) {
    if (error.code() != Code::bad_format) throw;
    throw Error(error.code(),
                fmt::format("{} (a PyTorch checkpoint is converted by tools/convert_checkpoint.py)", error.what()));
  }
}

}  // namespace

InstalledWeights import_weights(const WeightsImport& wish, const std::stop_token& stop) {
  const SafeTensors file = open(wish.file);
  InstalledWeights weights;
  weights.kind = kind_of(file);
  weights.name = name_for(wish, weights.kind);
  if (!is_encoder(weights.kind) && !wish.vocabulary.empty()) {
    throw Error(Code::bad_argument, fmt::format("{}: weights of the kind {} have no vocabulary; leave --vocab out",
                                                wish.file.string(), weights.kind));
  }
  weights.parameters = count_finite(file, stop);
  weights.sha256 = sha256_of(wish.file, stop);
  weights.licence = licence_of(wish, file);
  try {
    NewFolder folder(weights.name);
    if (is_encoder(weights.kind)) install_vocabulary(wish, weights.kind, folder.path());
    fs::copy_file(wish.file, folder.path() / "model.safetensors");
    const nlohmann::json facts = {{"name", weights.name},
                                  {"kind", weights.kind},
                                  {"parameters", weights.parameters},
                                  {"sha256", weights.sha256},
                                  {"licence", weights.licence ? nlohmann::json(*weights.licence) : nlohmann::json()}};
    write_text(folder.path() / "weights.json", facts.dump(2) + "\n");
    weights.folder = folder.take_place();
  } catch (const fs::filesystem_error& error) {
    throw Error(Code::io, fmt::format("{}: {}", weights_dir().string(), error.what()));
  }
  return weights;
}

}  // namespace purlscope::core
