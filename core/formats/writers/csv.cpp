#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/formats/writers/annotations.h"
#include "core/formats/writers/writers.h"

namespace purlscope::core {
namespace {

constexpr std::size_t kFramesPerReport = 256;

/// A text on one line, for headings and remarks.
std::string one_line(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c >= 0 && c < ' '; }, ' ');
  return text;
}

/// A heading, quoted where it holds what separates cells (RFC 4180).
std::string quoted(std::string text) {
  if (text.find_first_of(",;\t\"") == std::string::npos) return text;
  for (std::size_t at = text.find('"'); at != std::string::npos; at = text.find('"', at + 2)) text.insert(at, 1, '"');
  return '"' + text + '"';
}

/// Ids as headings hold them: the first colon ends the person.
std::vector<std::string> person_names(const Clip& clip, std::vector<std::string>& lost) {
  std::vector<std::string> names;
  for (const Person& person : clip.persons) {
    std::string name = one_line(person.id);
    std::ranges::replace(name, ':', '_');
    if (name.empty()) name = std::to_string(names.size() + 1);
    while (std::ranges::find(names, name) != names.end()) name += '_';
    if (name != person.id) lost.push_back(fmt::format("the person '{}' is written as '{}'", one_line(person.id), name));
    names.push_back(std::move(name));
  }
  return names;
}

std::string remarks(const Clip& clip) {
  const JointLayout& layout = *clip.layout;
  std::string text = fmt::format("# layout: {}\n# unit: m\n", layout.id);
  if (clip.fps) text += fmt::format("# fps: {}\n", *clip.fps);
  if (layout.id == "own" && !layout.bones.empty()) {
    text += "# parents:";
    for (const int parent : layout.parent) text += fmt::format(" {}", parent);
    text += '\n';
  }
  if (clip.label) text += fmt::format("# label: {}\n", one_line(*clip.label));
  return text;
}

/// Which places [P, J] need a column of states: those that are inferred anywhere.
std::vector<bool> inferred_places(const Clip& clip) {
  const std::size_t joints = clip.joint_count();
  std::vector<bool> inferred(clip.persons.size() * joints, false);
  for (std::size_t p = 0; p < clip.persons.size(); ++p) {
    const std::vector<JointState>& state = clip.persons[p].state;
    for (std::size_t i = 0; i < state.size(); ++i) {
      if (state[i] == JointState::inferred) inferred[p * joints + i % joints] = true;
    }
  }
  return inferred;
}

const char* word(JointState state) {
  return state == JointState::given ? "given" : state == JointState::inferred ? "inferred" : "missing";
}

void append_joint(std::string& row, const Vec3& joint, JointState state, bool with_state) {
  const auto out = std::back_inserter(row);
  if (state == JointState::missing)
    row += ",,,";
  else
    fmt::format_to(out, ",{},{},{}", joint[0], joint[1], joint[2]);
  if (with_state) fmt::format_to(out, ",{}", word(state));
}

}  // namespace

std::vector<std::string> write_csv_clip(const Clip& clip, const std::filesystem::path& file,
                                        const WriteOptions& options) {
  if (clip.persons.empty() || clip.joint_count() == 0) {
    throw Error(Code::bad_argument,
                fmt::format("{}: nobody is in the clip, a table would have no column", clip.place()));
  }
  std::vector<std::string> lost = lost_annotations(clip);
  const std::vector<std::string> names = person_names(clip, lost);
  const std::vector<bool> inferred = inferred_places(clip);
  const std::size_t joints = clip.joint_count();
  std::string text = remarks(clip) + "time";
  for (std::size_t place = 0; place < inferred.size(); ++place) {
    const std::string joint = names[place / joints] + ':' + one_line(clip.layout->joints[place % joints]);
    for (const char* part : {".x", ".y", ".z"}) text += ',' + quoted(joint + part);
    if (inferred[place]) text += ',' + quoted(joint + ".state");
  }
  text += '\n';
  AtomicFile out(file);
  for (std::size_t t = 0; t < clip.frames; ++t) {
    if (t % kFramesPerReport == 0) {
      throw_if_stopped(options.stop);
      if (options.progress)
        options.progress({"Writing rows", static_cast<double>(t) / static_cast<double>(clip.frames), {}});
    }
    fmt::format_to(std::back_inserter(text), "{}", clip.times[t]);
    for (std::size_t place = 0; place < inferred.size(); ++place) {
      const Person& person = clip.persons[place / joints];
      const std::size_t i = t * joints + place % joints;
      append_joint(text, person.joints[i], person.state[i], inferred[place]);
    }
    text += '\n';
    out.write(text.data(), text.size());
    text.clear();
  }
  out.commit();
  return lost;
}

}  // namespace purlscope::core
