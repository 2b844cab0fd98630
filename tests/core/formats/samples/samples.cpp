#include "tests/core/formats/samples/samples.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>

#include "core/formats/purlrec.h"

namespace purlscope::test {
namespace {

constexpr std::size_t kKinectJoints = 20;
constexpr std::size_t kNtuJoints = 25;
constexpr std::size_t kMatHeader = 128;  // bytes

template <typename T>
void put(std::string& out, T value) {
  char bytes[sizeof(T)];
  std::memcpy(bytes, &value, sizeof(T));
  out.append(bytes, sizeof(T));
}

/// A data element: type, size, bytes, padding to 8.
void put_element(std::string& out, std::uint32_t type, const std::string& data) {
  put(out, type);
  put(out, static_cast<std::uint32_t>(data.size()));
  out += data;
  out.append((8 - data.size() % 8) % 8, '\0');
}

void put_big_endian(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
}

/// RFC 1950 stream of stored blocks (RFC 1951, 3.2.4).
std::string zlib_stored(const std::string& data) {
  std::string out("\x78\x01", 2);
  std::uint32_t a = 1;
  std::uint32_t b = 0;
  for (const char c : data) {
    a = (a + static_cast<unsigned char>(c)) % 65521;
    b = (b + a) % 65521;
  }
  constexpr std::size_t kBlock = 65535;
  for (std::size_t at = 0; at < data.size(); at += kBlock) {
    const std::string block = data.substr(at, kBlock);
    out += static_cast<char>(at + kBlock >= data.size() ? 1 : 0);
    put(out, static_cast<std::uint16_t>(block.size()));
    put(out, static_cast<std::uint16_t>(~block.size()));
    out += block;
  }
  put_big_endian(out, b << 16 | a);
  return out;
}

std::string zlib_deflated(const std::string& data) {
  uLongf size = compressBound(data.size());
  std::string out(size, '\0');
  compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(data.data()), data.size(),
            Z_BEST_SPEED);
  out.resize(size);
  return out;
}

std::string mat_header() {
  std::string out = "MATLAB 5.0 MAT-file, made by a test";
  out.resize(kMatHeader - 4, ' ');
  put(out, std::uint16_t{0x0100});
  return out + "IM";
}

std::string mat_matrix(std::string_view variable, const std::vector<std::size_t>& shape,
                       const std::vector<double>& values) {
  std::string flags;
  put(flags, std::uint32_t{6});  // class double
  put(flags, std::uint32_t{0});
  std::string dimensions;
  for (const std::size_t length : shape) put(dimensions, static_cast<std::int32_t>(length));
  const std::string data(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double));
  std::string body;
  put_element(body, 6, flags);
  put_element(body, 5, dimensions);
  put_element(body, 1, std::string(variable));
  put_element(body, 9, data);
  std::string matrix;
  put_element(matrix, 14, body);
  return matrix;
}

std::string mat_compressed(const std::string& packed) {
  std::string out;
  put(out, std::uint32_t{15});
  put(out, static_cast<std::uint32_t>(packed.size()));
  return out + packed;
}

}  // namespace

std::string ntu_text(const std::vector<std::vector<NtuBody>>& frames) {
  std::string text = fmt::format("{}\r\n", frames.size());
  for (std::size_t t = 0; t < frames.size(); ++t) {
    text += fmt::format("{}\r\n", frames[t].size());
    for (const NtuBody& body : frames[t]) {
      text += fmt::format("{} 0 1 1 1 1 0 -0.11 0.14 2\r\n25\r\n", body.id);
      for (std::size_t j = 0; j < kNtuJoints; ++j) {
        const std::string place = j == 0 && !body.first_joint.empty()
                                      ? body.first_joint
                                      : fmt::format("{} {} {}", sample_value(t, j, 0) + body.shift,
                                                    sample_value(t, j, 1), sample_value(t, j, 2));
        text += fmt::format("{} 276.1 190.1 1032.3 514.1 -0.17 0.04 0.97 -0.16 {}\r\n", place, body.tracking);
      }
    }
  }
  return text;
}

std::string ntu_text(std::size_t frames) { return ntu_text(std::vector<std::vector<NtuBody>>(frames, {NtuBody{}})); }

std::string msr_text(std::size_t frames, const std::vector<std::size_t>& absent) {
  std::string text;
  for (std::size_t t = 0; t < frames; ++t) {
    const bool gone = std::find(absent.begin(), absent.end(), t) != absent.end();
    for (std::size_t j = 0; j < kKinectJoints; ++j) {
      text += gone ? std::string("0.000000 0.000000 0.000000 0.000000\n")
                   : fmt::format("{:.6f} {:.6f} {:.6f} 1.000000\n", sample_value(t, j, 0), sample_value(t, j, 1),
                                 sample_value(t, j, 2));
    }
  }
  return text;
}

std::string nw_json(std::size_t frames, int label) {
  std::string text = R"({"file_name": "a01_s01_e00_v01", "skeletons": [)";
  for (std::size_t t = 0; t < frames; ++t) {
    text += t == 0 ? "[" : ", [";
    for (std::size_t j = 0; j < kKinectJoints; ++j) {
      text += fmt::format("{}[{}, {}, {}]", j == 0 ? "" : ", ", sample_value(t, j, 0), sample_value(t, j, 1),
                          sample_value(t, j, 2));
    }
    text += "]";
  }
  return text + fmt::format(R"(], "label": {}}})", label);
}

std::string mat_file(std::string_view variable, const std::vector<std::size_t>& shape,
                     const std::vector<double>& values, bool compressed) {
  const std::string matrix = mat_matrix(variable, shape, values);
  return mat_header() + (compressed ? mat_compressed(zlib_stored(matrix)) : matrix);
}

std::string mat_zeros(std::string_view variable, std::size_t frames) {
  const std::vector<double> values(frames * 3 * kKinectJoints);
  return mat_header() + mat_compressed(zlib_deflated(mat_matrix(variable, {kKinectJoints, 3, frames}, values)));
}

std::string mat_joined(const std::vector<std::string>& files) {
  std::string out = mat_header();
  for (const std::string& file : files) out += file.substr(kMatHeader);
  return out;
}

std::string utd_mat(std::size_t frames, bool compressed) {
  std::vector<double> values;
  for (std::size_t t = 0; t < frames; ++t) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      for (std::size_t j = 0; j < kKinectJoints; ++j) values.push_back(sample_value(t, j, axis));
    }
  }
  return mat_file("d_skel", {kKinectJoints, 3, frames}, values, compressed);
}

std::string npy_file(std::string_view descr, const std::vector<std::size_t>& shape, std::string_view bytes,
                     bool fortran, int version) {
  std::string sizes;
  for (const std::size_t size : shape) sizes += fmt::format("{}, ", size);
  std::string header =
      fmt::format("{{'descr': '{}', 'fortran_order': {}, 'shape': ({}), }}", descr, fortran ? "True" : "False", sizes);
  const std::size_t prefix = version == 1 ? 10 : 12;
  header.resize((prefix + header.size() + 64) / 64 * 64 - prefix - 1, ' ');
  header += '\n';
  std::string out("\x93NUMPY", 6);
  out += static_cast<char>(version);
  out += '\0';
  if (version == 1)
    put(out, static_cast<std::uint16_t>(header.size()));
  else
    put(out, static_cast<std::uint32_t>(header.size()));
  return out.append(header).append(bytes);
}

std::string npy_floats(const std::vector<std::size_t>& shape, const std::vector<float>& values) {
  return npy_file("<f4", shape, {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)});
}

std::string npy_text(std::string_view ascii) {
  std::string points;
  for (const char c : ascii) put(points, static_cast<std::uint32_t>(c));
  return npy_file(fmt::format("<U{}", ascii.size()), {}, points);
}

std::string npz_file(const std::vector<std::pair<std::string, std::string>>& arrays, bool deflated) {
  std::string out;
  std::string directory;
  for (const auto& [name, bytes] : arrays) {
    const std::string member = name + ".npy";
    // A zip member is a zlib stream without its header of two bytes and its checksum of four.
    const std::string stream = zlib_deflated(bytes);
    const std::string packed = deflated ? stream.substr(2, stream.size() - 6) : bytes;
    std::string fields;
    put(fields, std::uint16_t{20});  // version needed
    put(fields, std::uint16_t{0});
    put(fields, static_cast<std::uint16_t>(deflated ? 8 : 0));
    put(fields, std::uint32_t{0x21 << 16});  // 1 January 1980
    put(fields, static_cast<std::uint32_t>(
                    crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()))));
    put(fields, static_cast<std::uint32_t>(packed.size()));
    put(fields, static_cast<std::uint32_t>(bytes.size()));
    put(fields, static_cast<std::uint16_t>(member.size()));
    put(fields, std::uint16_t{0});
    directory += "PK\1\2";
    put(directory, std::uint16_t{20});
    directory += fields;
    put(directory, std::uint16_t{0});  // comment
    put(directory, std::uint16_t{0});  // disk
    put(directory, std::uint16_t{0});
    put(directory, std::uint32_t{0});
    put(directory, static_cast<std::uint32_t>(out.size()));
    directory += member;
    out += "PK\3\4" + fields + member + packed;
  }
  const std::size_t begin = out.size();
  out += directory + "PK\5\6";
  put(out, std::uint32_t{0});
  put(out, static_cast<std::uint16_t>(arrays.size()));
  put(out, static_cast<std::uint16_t>(arrays.size()));
  put(out, static_cast<std::uint32_t>(directory.size()));
  put(out, static_cast<std::uint32_t>(begin));
  put(out, std::uint16_t{0});
  return out;
}

std::string pku_text(std::size_t frames) {
  std::string text;
  for (std::size_t t = 0; t < frames; ++t) {
    for (std::size_t person = 0; person < 2; ++person) {
      for (std::size_t i = 0; i < 3 * kNtuJoints; ++i) {
        const bool absent = person == 1 && t % 2 == 0;
        const float value = static_cast<float>(person) + sample_value(t, i / 3, i % 3);
        text += fmt::format("{:.3f} ", absent ? 0.0F : value);
      }
    }
    text += "\r\n";
  }
  return text;
}

std::string utkinect_text(std::size_t frames, std::size_t first) {
  std::string text;
  for (std::size_t t = 0; t < frames; ++t) {
    text += fmt::format("{}", first + 2 * t);
    for (std::size_t i = 0; i < 3 * kKinectJoints; ++i) text += fmt::format("  {:.3f}", sample_value(t, i / 3, i % 3));
    text += "\n";
  }
  return text;
}

std::string uwa3d_text(std::size_t frames) {
  std::string text;
  for (std::size_t t = 0; t < frames; ++t) {
    for (std::size_t i = 0; i < 45; ++i)
      text += fmt::format("{}{:.3f}", i == 0 ? "" : ",", sample_value(t, i / 3, i % 3));
    text += "\n";
  }
  return text;
}

std::string purlrec(std::size_t frames) {
  const std::vector<core::JointState> state(20, core::JointState::given);
  std::vector<core::Vec3> joints(20);
  core::PurlrecHead head;
  head.layout = core::joint_layout("kinect20");
  core::PurlrecBlock block;
  for (std::size_t t = 0; t < frames; ++t) {
    for (std::size_t j = 0; j < joints.size(); ++j) {
      joints[j] = {sample_value(t, j, 0), sample_value(t, j, 1), sample_value(t, j, 2)};
    }
    const core::PurlrecPerson person{"1", joints, state, {}};
    block.add(static_cast<double>(t) / 30.0, {&person, 1});
  }
  return core::purlrec_head(head) + block.take();
}

}  // namespace purlscope::test
