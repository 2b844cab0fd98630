#include "tests/core/formats/samples/mocap_samples.h"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace purlscope::test {
namespace {

constexpr std::size_t kBlock = 512;

/// Bytes as one of the three processors keeps them.
class C3dBytesOut {
 public:
  explicit C3dBytesOut(int processor) : processor_(processor) {}

  void byte(std::size_t value) { bytes += static_cast<char>(value); }
  void text(const std::string& value) { bytes += value; }
  void word(std::uint16_t value) {
    const bool big = processor_ == 86;
    byte(big ? value >> 8 : value & 0xFF);
    byte(big ? value & 0xFF : value >> 8);
  }
  void real(double value) {
    const auto number = static_cast<float>(value);
    const auto bits = std::bit_cast<std::uint32_t>(processor_ == 85 ? number * 4.0F : number);
    const auto high = static_cast<std::uint16_t>(bits >> 16);
    const auto low = static_cast<std::uint16_t>(bits & 0xFFFF);
    word(processor_ == 84 ? low : high);
    word(processor_ == 84 ? high : low);
  }
  void pad() { bytes.resize((bytes.size() + kBlock - 1) / kBlock * kBlock); }

  std::string bytes;

 private:
  int processor_;
};

void add_group(C3dBytesOut& out, int id, const std::string& name) {
  out.byte(name.size());
  out.byte(static_cast<std::size_t>(256 - id));
  out.text(name);
  out.word(3);
  out.byte(0);
}

/// @param data  the elements as they stand in the file
void add_parameter(C3dBytesOut& out, int group, const std::string& name, int type,
                   const std::vector<std::size_t>& shape, const std::string& data) {
  out.byte(name.size());
  out.byte(static_cast<std::size_t>(group));
  out.text(name);
  out.word(static_cast<std::uint16_t>(2 + 2 + shape.size() + data.size() + 1));
  out.byte(static_cast<std::size_t>(type & 0xFF));
  out.byte(shape.size());
  for (const std::size_t size : shape) out.byte(size);
  out.text(data);
  out.byte(0);  // no description
}

void add_word(C3dBytesOut& out, int processor, const std::string& name, std::size_t value) {
  C3dBytesOut data(processor);
  data.word(static_cast<std::uint16_t>(value));
  add_parameter(out, 1, name, 2, {}, data.bytes);
}

void add_real(C3dBytesOut& out, int processor, const std::string& name, double value) {
  C3dBytesOut data(processor);
  data.real(value);
  add_parameter(out, 1, name, 4, {}, data.bytes);
}

void add_texts(C3dBytesOut& out, const std::string& name, const std::vector<std::string>& texts) {
  constexpr std::size_t kWidth = 8;
  std::string data;
  for (std::string text : texts) {
    text.resize(kWidth, ' ');
    data += text;
  }
  add_parameter(out, 1, name, -1, {kWidth, texts.size()}, data);
}

std::string parameters(const C3dSpec& spec, std::size_t data_block) {
  C3dBytesOut out(spec.processor);
  out.byte(1);
  out.byte(80);
  out.byte(data_block - 2);
  out.byte(static_cast<std::size_t>(spec.processor));
  add_word(out, spec.processor, "USED", spec.labels.size());
  add_real(out, spec.processor, "SCALE", spec.real ? -1.0 : 1.0);
  add_word(out, spec.processor, "DATA_START", data_block);
  add_real(out, spec.processor, "RATE", 100.0);
  add_group(out, 1, "POINT");  // after its first parameters, which the format allows
  for (std::size_t begin = 0, part = 1; begin < spec.labels.size(); begin += spec.labels_a_parameter, ++part) {
    const std::size_t end = std::min(begin + spec.labels_a_parameter, spec.labels.size());
    add_texts(out, part == 1 ? "LABELS" : "LABELS" + std::to_string(part),
              {spec.labels.begin() + static_cast<std::ptrdiff_t>(begin),
               spec.labels.begin() + static_cast<std::ptrdiff_t>(end)});
  }
  if (!spec.units.empty()) add_parameter(out, 1, "UNITS", -1, {spec.units.size()}, spec.units);
  if (!spec.x_screen.empty()) add_parameter(out, 1, "X_SCREEN", -1, {spec.x_screen.size()}, spec.x_screen);
  if (!spec.y_screen.empty()) add_parameter(out, 1, "Y_SCREEN", -1, {spec.y_screen.size()}, spec.y_screen);
  if (!spec.angles.empty()) add_texts(out, "ANGLES", spec.angles);
  out.byte(0);
  out.byte(0);
  out.pad();
  return out.bytes;
}

std::string header(const C3dSpec& spec, std::size_t data_block) {
  C3dBytesOut out(spec.processor);
  out.byte(2);
  out.byte(80);
  out.word(static_cast<std::uint16_t>(spec.labels.size()));
  out.word(static_cast<std::uint16_t>(spec.analog));
  out.word(1);
  out.word(static_cast<std::uint16_t>(spec.stated_frames));
  out.word(0);
  out.real(spec.real ? -1.0 : 1.0);
  out.word(static_cast<std::uint16_t>(data_block));
  out.word(spec.analog > 0 ? 1 : 0);
  out.real(100.0);
  out.pad();
  return out.bytes;
}

}  // namespace

std::string bvh_text(const std::vector<std::string>& rows) {
  std::string text = R"(HIERARCHY
ROOT Hips
{
  OFFSET 0 0 0
  CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
  JOINT Spine
  {
    OFFSET 0 50 0
    CHANNELS 3 Zrotation Xrotation Yrotation
    End Site
    {
      OFFSET 0 30 0
    }
  }
  JOINT LeftUpLeg
  {
    OFFSET 10 0 0
    CHANNELS 3 Zrotation Xrotation Yrotation
    JOINT LeftLeg
    {
      OFFSET 0 -45 0
      CHANNELS 3 Zrotation Xrotation Yrotation
      End Site
      {
        OFFSET 0 -45 0
      }
    }
  }
}
MOTION
)";
  text += "Frames: " + std::to_string(rows.size()) + "\nFrame Time: 0.008333\n";
  for (const std::string& row : rows) text += row + "\n";
  return text;
}

std::string bvh_text() { return bvh_text({"0 95 0 0 0 0 0 0 0 0 0 0 0 0 0", "0 95 0 0 0 90 0 0 0 0 -90 0 0 0 5"}); }

std::string asf_text() {
  return R"(# a skeleton by hand
:version 1.10
:name VICON
:units
  mass 1.0
  length 0.5
  angle deg
:documentation
   free text, begin and end as well
:root
   order TX TY TZ RX RY RZ
   axis XYZ
   position 0 0 0
   orientation 0 0 0
:bonedata
  begin
     id 1
     name lfemur
     direction 0 -1 0
     length 10
     axis 0 0 0  XYZ
    dof rx
    limits (-160.0 20.0)
  end
  begin
     id 2
     name ltibia
     direction 1 0 0
     length 8
     axis 0 0 90  XYZ
    dof rx rz
    limits (-10.0 170.0)
           (-70.0 70.0)
  end
  begin
     id 3
     name spine
     direction 0 2 0
     length 6
     axis 0 0 0 XYZ
  end
:hierarchy
  begin
    root lfemur spine
    lfemur ltibia
  end
)";
}

std::string amc_text() {
  return "#!OML:ASF by hand\n:FULLY-SPECIFIED\n:DEGREES\n"
         "1\nroot 1 20 0 0 0 0\nlfemur -90\nltibia 90 0\n"
         "2\nltibia 0 0\nroot 1 20 0 0 90 0\nlfemur 0\n";
}

std::string c3d_file(const C3dSpec& spec) {
  const std::size_t data_block = 2 + parameters(spec, 0).size() / kBlock;
  C3dBytesOut data(spec.processor);
  for (std::size_t t = 0; t < spec.frames; ++t) {
    for (std::size_t p = 0; p < spec.labels.size(); ++p) {
      const bool lost = t == 1 && p == 0;
      for (std::size_t axis = 0; axis < 4; ++axis) {
        const double value = axis < 3 ? c3d_value(t, p, axis) : lost ? -1.0 : 1.0;
        if (spec.real)
          data.real(value);
        else
          data.word(static_cast<std::uint16_t>(static_cast<std::int16_t>(value)));
      }
    }
    for (std::size_t a = 0; a < spec.analog; ++a) {
      if (spec.real)
        data.real(9999.0);
      else
        data.word(9999);
    }
  }
  return header(spec, data_block) + parameters(spec, data_block) + data.bytes;
}

}  // namespace purlscope::test
