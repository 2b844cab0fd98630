#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clip.h"

namespace purlscope::core {

/// What the file name of a published data set states.
struct RecordingName {
  std::string kind;                         ///< "ntu-rgbd", "utd-mhad", "nw-ucla", "msr-action3d", ...
  int action = 0;                           ///< as in the name, 1-based; 0 where names state none (untrimmed)
  std::map<std::string, std::string> tags;  ///< "subject", "camera", "repetition", "setup"; numbers without zeros
};

/// Takes a file name apart: `S001C002P003R002A013.skeleton`, `a1_s1_t1_skeleton.mat`, `a01_s01_e00_v01.json`,
/// `a01_s01_e01_skeleton3D.txt`, `a01_s01_v01_e01.txt` and `a01_s01_e01_v01.mat` (UWA3D II: both orders are about),
/// `joints_s01_e01.txt` (UTKinect), `0002-L.txt` and `A01N01-L.txt` (the two parts of PKU-MMD; L, M, R are its
/// cameras). Empty for any other name.
std::optional<RecordingName> parse_recording_name(const std::filesystem::path& file);

/// The same, empty unless the name is one of this kind.
std::optional<RecordingName> parse_recording_name(const std::filesystem::path& file, std::string_view kind);

/// True when recordings of the kind are known by their names.
bool has_recording_names(const std::string& kind);

/// 0-based class of a file's action id, -1 when the data set has no such action. In NW-UCLA the ids 7 and 10 do not
/// exist: a08 is class 6, a11 class 8.
int class_of_action(const std::string& kind, int action);

/// Sets tags, label and label index of a clip. `label_index` -1 leaves the label empty.
void state_label(Clip& clip, const RecordingName& name, int label_index);

}  // namespace purlscope::core
