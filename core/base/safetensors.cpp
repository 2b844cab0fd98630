#include "core/base/safetensors.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/half.h"
#include "core/base/json_excerpt.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

static_assert(std::endian::native == std::endian::little, "tensors are read in place, as little endian");

constexpr std::size_t kLengthBytes = 8;
constexpr std::uint64_t kMaxHeaderBytes = 100'000'000;  // bound of the format's reference reader
constexpr const char* kMetadataKey = "__metadata__";
constexpr int kTensorDepth = 1;  // JSON depth of the tensors' names
constexpr int kShapeDepth = 2;   // the lists of a tensor, the deepest that a header goes

struct Dtype {
  const char* name;
  std::size_t size;
};
constexpr Dtype kDtypes[] = {{"F64", 8},  {"I64", 8}, {"F32", 4}, {"I32", 4}, {"F16", 2},
                             {"BF16", 2}, {"I16", 2}, {"I8", 1},  {"U8", 1},  {"BOOL", 1}};

/// Bytes of one element, 0 for an unknown type.
std::size_t element_size(const std::string& dtype) {
  for (const Dtype& known : kDtypes) {
    if (dtype == known.name) return known.size;
  }
  return 0;
}

std::string known_dtypes() {
  std::vector<std::string> names;
  for (const Dtype& known : kDtypes) names.emplace_back(known.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

/// Number of bytes of a tensor; false when a dimension is negative or the product overflows.
bool byte_count(const std::vector<std::int64_t>& shape, std::size_t element, std::uint64_t& bytes) {
  bytes = element;
  for (const std::int64_t dimension : shape) {
    if (dimension < 0 || __builtin_mul_overflow(bytes, static_cast<std::uint64_t>(dimension), &bytes)) return false;
  }
  return true;
}

std::string system_error(int code) { return std::system_category().message(code); }

/// A whole file, readable for as long as the object lives.
class MappedFile {
 public:
  explicit MappedFile(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
      const int reason = errno;
      throw Error(reason == ENOENT ? Code::not_found : Code::io,
                  fmt::format("{}: cannot open the weight file: {}", file.string(), system_error(reason)));
    }
    struct stat status {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
      ::close(descriptor);
      throw Error(Code::io, fmt::format("{}: is not a regular file; expected a .safetensors file", file.string()));
    }
    size_ = static_cast<std::size_t>(status.st_size);
    if (size_ > 0) data_ = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
    const int reason = errno;
    ::close(descriptor);
    if (data_ == MAP_FAILED) {
      throw Error(Code::io,
                  fmt::format("{}: cannot map the file into memory: {}", file.string(), system_error(reason)));
    }
  }
  ~MappedFile() {
    if (data_ != nullptr) ::munmap(data_, size_);
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::span<const std::byte> bytes() const { return {static_cast<const std::byte*>(data_), size_}; }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Reads the header of one file; every refusal names the file.
class HeaderReader {
 public:
  HeaderReader(const fs::path& file, std::span<const std::byte> bytes) : file_(file), bytes_(bytes) {}

  void read(std::map<std::string, SafeTensor>& tensors, std::map<std::string, std::string>& metadata) {
    const nlohmann::json header = parse();
    for (const auto& [name, entry] : header.items()) {
      if (name == kMetadataKey) {
        read_metadata(entry, metadata);
      } else {
        tensors.emplace(name, read_tensor(name, entry));
      }
    }
    check_coverage(tensors);
  }

 private:
  Error fail(const std::string& what) const { return {Code::bad_format, fmt::format("{}: {}", file_.string(), what)}; }

  nlohmann::json parse() {
    if (bytes_.size() < kLengthBytes) {
      throw fail(
          fmt::format("the file has {} bytes; a safetensors file starts with an 8-byte header length", bytes_.size()));
    }
    std::uint64_t length = 0;
    std::memcpy(&length, bytes_.data(), kLengthBytes);
    if (length > kMaxHeaderBytes) {
      throw fail(fmt::format("header length {} is over the limit of {} bytes: not a safetensors file", length,
                             kMaxHeaderBytes));
    }
    if (length > bytes_.size() - kLengthBytes) {
      throw fail(
          fmt::format("header length {}, but only {} bytes follow: the file is truncated or not a safetensors file",
                      length, bytes_.size() - kLengthBytes));
    }
    const auto* begin = reinterpret_cast<const char*>(bytes_.data()) + kLengthBytes;
    data_ = bytes_.subspan(kLengthBytes + length);
    std::set<std::string> names;
    const auto refuse_twins = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& value) {
      using Event = nlohmann::json::parse_event_t;
      if ((event == Event::array_start || event == Event::object_start) && depth > kShapeDepth) {
        throw fail(fmt::format("the header is nested more than {} levels deep: not a safetensors file", kShapeDepth));
      }
      if (event == nlohmann::json::parse_event_t::key && depth == kTensorDepth &&
          !names.insert(value.get<std::string>()).second) {
        throw fail(fmt::format("tensor '{}' is listed twice in the header", value.get<std::string>()));
      }
      return true;
    };
    try {
      nlohmann::json header = nlohmann::json::parse(begin, begin + length, refuse_twins);
      if (!header.is_object())
        throw fail(fmt::format("the header is a JSON {}, expected an object", header.type_name()));
      return header;
    } catch (const nlohmann::json::exception& error) {
      throw fail(fmt::format("broken JSON header: {}", error.what()));
    }
  }

  void read_metadata(const nlohmann::json& entry, std::map<std::string, std::string>& metadata) const {
    if (!entry.is_object())
      throw fail(fmt::format("{} is a JSON {}, expected an object", kMetadataKey, entry.type_name()));
    for (const auto& [key, value] : entry.items()) {
      if (!value.is_string()) {
        throw fail(fmt::format("{} '{}' is a JSON {}, expected a string", kMetadataKey, key, value.type_name()));
      }
      metadata.emplace(key, value.get<std::string>());
    }
  }

  SafeTensor read_tensor(const std::string& name, const nlohmann::json& entry) const {
    if (!entry.is_object() || !entry.contains("dtype") || !entry.contains("shape") || !entry.contains("data_offsets")) {
      throw fail(fmt::format("tensor '{}' needs dtype, shape and data_offsets", name));
    }
    SafeTensor tensor;
    tensor.dtype = entry["dtype"].is_string() ? entry["dtype"].get<std::string>() : json_excerpt(entry["dtype"]);
    const std::size_t element = element_size(tensor.dtype);
    if (element == 0) {
      throw fail(fmt::format("tensor '{}' has dtype {}; known are {}", name, tensor.dtype, known_dtypes()));
    }
    for (const std::uint64_t dimension : counts(name, "shape", entry["shape"])) {
      tensor.shape.push_back(static_cast<std::int64_t>(dimension));
    }
    std::uint64_t expected = 0;
    if (!byte_count(tensor.shape, element, expected)) {
      throw fail(fmt::format("tensor '{}' has shape [{}], which is more than memory can hold", name,
                             fmt::join(tensor.shape, ", ")));
    }
    const std::vector<std::uint64_t> offsets = counts(name, "data_offsets", entry["data_offsets"]);
    if (offsets.size() != 2 || offsets[0] > offsets[1]) {
      throw fail(
          fmt::format("tensor '{}' has data_offsets [{}], expected [begin, end]", name, fmt::join(offsets, ", ")));
    }
    if (offsets[1] > data_.size()) {
      throw fail(
          fmt::format("tensor '{}' ends at byte {}, but only {} bytes of data follow the header: the file is truncated",
                      name, offsets[1], data_.size()));
    }
    if (offsets[1] - offsets[0] != expected) {
      throw fail(fmt::format("tensor '{}' has {} bytes, but {} [{}] needs {}", name, offsets[1] - offsets[0],
                             tensor.dtype, fmt::join(tensor.shape, ", "), expected));
    }
    tensor.bytes = data_.subspan(offsets[0], expected);
    return tensor;
  }

  /// A JSON list of whole numbers from 0 to 2^63 - 1.
  std::vector<std::uint64_t> counts(const std::string& name, const char* key, const nlohmann::json& list) const {
    std::vector<std::uint64_t> values;
    const bool valid = list.is_array() && std::all_of(list.begin(), list.end(), [&](const nlohmann::json& item) {
                         if (!item.is_number_unsigned() || item.get<std::uint64_t>() > INT64_MAX) return false;
                         values.push_back(item.get<std::uint64_t>());
                         return true;
                       });
    if (!valid) {
      throw fail(fmt::format("tensor '{}' has {} {}, expected a list of whole numbers not below 0", name, key,
                             json_excerpt(list)));
    }
    return values;
  }

  void check_coverage(const std::map<std::string, SafeTensor>& tensors) const {
    std::vector<std::pair<std::span<const std::byte>, std::string>> ranges;
    ranges.reserve(tensors.size());
    for (const auto& [name, tensor] : tensors) ranges.emplace_back(tensor.bytes, name);
    std::sort(ranges.begin(), ranges.end(), [](const auto& a, const auto& b) {
      return std::pair(a.first.data(), a.first.size()) < std::pair(b.first.data(), b.first.size());
    });
    const std::byte* position = data_.data();
    for (const auto& [bytes, name] : ranges) {
      if (bytes.data() < position) throw fail(fmt::format("tensor '{}' overlaps the tensor before it", name));
      if (bytes.data() > position) {
        throw fail(fmt::format("{} unused bytes lie before tensor '{}'", bytes.data() - position, name));
      }
      position = bytes.data() + bytes.size();
    }
    if (const auto rest = data_.data() + data_.size() - position; rest != 0) {
      throw fail(fmt::format("{} bytes follow the last tensor", rest));
    }
  }

  const fs::path& file_;
  std::span<const std::byte> bytes_;
  std::span<const std::byte> data_;
};

template <typename Stored, typename Convert>
std::vector<float> widen(std::span<const std::byte> bytes, Convert convert) {
  std::vector<float> values(bytes.size() / sizeof(Stored));
  for (std::size_t i = 0; i < values.size(); ++i) {
    Stored stored;
    std::memcpy(&stored, bytes.data() + i * sizeof(Stored), sizeof(Stored));
    values[i] = convert(stored);
  }
  return values;
}

template <typename Stored>
std::vector<float> widen(std::span<const std::byte> bytes) {
  return widen<Stored>(bytes, [](Stored value) { return static_cast<float>(value); });
}

}  // namespace

struct SafeTensors::Impl {
  explicit Impl(const fs::path& file) : path(file), mapped(file) {
    HeaderReader(path, mapped.bytes()).read(tensors, metadata);
  }

  fs::path path;
  MappedFile mapped;
  std::map<std::string, SafeTensor> tensors;
  std::map<std::string, std::string> metadata;
};

SafeTensors::SafeTensors(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

SafeTensors SafeTensors::open(const fs::path& file) { return SafeTensors(std::make_shared<const Impl>(file)); }

const std::map<std::string, SafeTensor>& SafeTensors::tensors() const { return impl_->tensors; }

const std::map<std::string, std::string>& SafeTensors::metadata() const { return impl_->metadata; }

const SafeTensor& SafeTensors::at(const std::string& name) const {
  const auto found = impl_->tensors.find(name);
  if (found == impl_->tensors.end()) {
    throw Error(Code::not_found, fmt::format("{}: has no tensor '{}' (it has {} others)", impl_->path.string(), name,
                                             impl_->tensors.size()));
  }
  return found->second;
}

bool SafeTensors::contains(const std::string& name) const { return impl_->tensors.contains(name); }

const fs::path& SafeTensors::path() const { return impl_->path; }

std::vector<float> SafeTensors::floats(const std::string& name) const {
  const SafeTensor& tensor = at(name);
  if (tensor.dtype == "F32") return widen<float>(tensor.bytes);
  if (tensor.dtype == "F16") return widen<std::uint16_t>(tensor.bytes, half_to_float);
  if (tensor.dtype == "BF16") return widen<std::uint16_t>(tensor.bytes, bfloat_to_float);
  if (tensor.dtype == "F64") return widen<double>(tensor.bytes);
  if (tensor.dtype == "I64") return widen<std::int64_t>(tensor.bytes);
  if (tensor.dtype == "I32") return widen<std::int32_t>(tensor.bytes);
  if (tensor.dtype == "I16") return widen<std::int16_t>(tensor.bytes);
  if (tensor.dtype == "I8") return widen<std::int8_t>(tensor.bytes);
  return widen<std::uint8_t>(tensor.bytes);
}

SafeTensorOut to_safetensor(std::span<const float> values, std::vector<std::int64_t> shape, const std::string& dtype) {
  if (dtype != "F32" && dtype != "F16") {
    throw Error(Code::bad_argument, fmt::format("floats are written as F32 or F16, not as {}", dtype));
  }
  std::uint64_t count = 0;
  if (!byte_count(shape, 1, count) || count != values.size()) {
    throw Error(Code::shape_mismatch,
                fmt::format("{} values do not fill a tensor of shape [{}]", values.size(), fmt::join(shape, ", ")));
  }
  SafeTensorOut tensor{dtype, std::move(shape), {}};
  if (dtype == "F32") {
    const auto bytes = std::as_bytes(values);
    tensor.bytes.assign(bytes.begin(), bytes.end());
    return tensor;
  }
  std::vector<std::uint16_t> halves(values.size());
  std::transform(values.begin(), values.end(), halves.begin(), float_to_half);
  const auto bytes = std::as_bytes(std::span<const std::uint16_t>(halves));
  tensor.bytes.assign(bytes.begin(), bytes.end());
  return tensor;
}

void save_safetensors(const fs::path& file, const std::map<std::string, SafeTensorOut>& tensors,
                      const std::map<std::string, std::string>& metadata) {
  using Entry = std::pair<std::size_t, const std::pair<const std::string, SafeTensorOut>*>;
  std::vector<Entry> order;
  for (const auto& entry : tensors) {
    const std::size_t element = element_size(entry.second.dtype);
    std::uint64_t expected = 0;
    if (element == 0 || entry.first == kMetadataKey || !byte_count(entry.second.shape, element, expected) ||
        expected != entry.second.bytes.size()) {
      throw Error(Code::shape_mismatch,
                  fmt::format("{}: tensor '{}' ({} [{}], {} bytes) cannot be written", file.string(), entry.first,
                              entry.second.dtype, fmt::join(entry.second.shape, ", "), entry.second.bytes.size()));
    }
    order.emplace_back(element, &entry);
  }
  // Widest elements first: every tensor then starts at a multiple of its element size.
  std::stable_sort(order.begin(), order.end(), [](const Entry& a, const Entry& b) { return a.first > b.first; });

  nlohmann::json header = nlohmann::json::object();
  if (!metadata.empty()) header[kMetadataKey] = metadata;
  std::uint64_t position = 0;
  for (const auto& [element, entry] : order) {
    const SafeTensorOut& tensor = entry->second;
    const std::uint64_t end = position + tensor.bytes.size();
    header[entry->first] = {{"dtype", tensor.dtype}, {"shape", tensor.shape}, {"data_offsets", {position, end}}};
    position = end;
  }
  std::string text = header.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  text.resize((text.size() + kLengthBytes - 1) / kLengthBytes * kLengthBytes, ' ');
  const std::uint64_t length = text.size();

  AtomicFile out(file);
  out.write(&length, kLengthBytes);
  out.write(text.data(), text.size());
  for (const auto& [element, entry] : order) out.write(entry->second.bytes.data(), entry->second.bytes.size());
  out.commit();
}

}  // namespace purlscope::core
