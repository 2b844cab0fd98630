#pragma once

#include <filesystem>
#include <string_view>

namespace purlscope::core {

/// Folder `share/purlscope` beside the running program (build tree and installation alike), else the one of the
/// library's own place. Overridable by PURLSCOPE_RESOURCES for tests.
/// @throws Error{Code::not_found} naming every place tried.
std::filesystem::path resource_dir();

/// A file below `resource_dir()`. @throws Error{Code::not_found} when it does not exist.
std::filesystem::path resource(std::string_view relative);

/// Full path of the loaded engine library, beside the program's `lib/purlscope`.
std::filesystem::path engine_library();

/// Folder that holds `model.safetensors` and `vocab.txt` of the default text encoder. Places tried in order:
/// $PURLSCOPE_ENCODER_DIR, user data folder, installation, the dependency folder known at build time.
/// @throws Error{Code::not_found} naming the places and the remedy.
std::filesystem::path minilm_dir();

/// The weights of a model that is named by its file or by the folder that `train` wrote.
std::filesystem::path model_file(const std::filesystem::path& file_or_folder);

std::filesystem::path user_data_dir();    ///< $XDG_DATA_HOME/purlscope; whoever writes there creates it
std::filesystem::path user_config_dir();  ///< $XDG_CONFIG_HOME/purlscope; created
std::filesystem::path user_cache_dir();   ///< $XDG_CACHE_HOME/purlscope; as user_data_dir()
std::filesystem::path user_state_dir();   ///< $XDG_STATE_HOME/purlscope; as user_data_dir()

/// "0.1.0"
std::string_view version();

}  // namespace purlscope::core
