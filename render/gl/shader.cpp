#include "render/gl/shader.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "core/base/error.h"

namespace purlscope::render::gl {
namespace {

constexpr const char* kVersion = "#version 410 core\n";

std::string read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw Error(Code::not_found, fmt::format("{}: shader file is missing; reinstall the program", file.string()));
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

template <class Get, class Log>
std::string info_log(GLuint name, Get get, Log log) {
  GLint length = 0;
  get(name, GL_INFO_LOG_LENGTH, &length);
  std::string text(static_cast<std::size_t>(std::max(length, 1)), '\0');
  log(name, length, nullptr, text.data());
  return text;
}

/// A shader object that lives until the program is linked.
class Stage {
 public:
  Stage(GLenum type, const std::string& source, const std::filesystem::path& file) : name_(glCreateShader(type)) {
    const char* text = source.c_str();
    glShaderSource(name_, 1, &text, nullptr);
    glCompileShader(name_);
    GLint compiled = GL_FALSE;
    glGetShaderiv(name_, GL_COMPILE_STATUS, &compiled);
    if (compiled == GL_TRUE) return;
    const std::string log = info_log(name_, glGetShaderiv, glGetShaderInfoLog);
    glDeleteShader(name_);
    throw Error(Code::unsupported, fmt::format("{}: the OpenGL driver refuses this shader: {}", file.string(), log));
  }
  ~Stage() { glDeleteShader(name_); }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;
  GLuint name() const { return name_; }

 private:
  GLuint name_;
};

}  // namespace

Program load_program(const std::filesystem::path& folder, const std::string& vertex_name,
                     const std::string& fragment_name, const std::vector<std::string>& fragment_parts) {
  const std::string common = kVersion + read_text(folder / "common.glsl");
  std::string parts;
  for (const std::string& part : fragment_parts) parts += read_text(folder / part);
  const auto vertex_file = folder / (vertex_name + ".vert");
  const auto fragment_file = folder / (fragment_name + ".frag");
  const Stage vertex(GL_VERTEX_SHADER, common + read_text(vertex_file), vertex_file);
  const Stage fragment(GL_FRAGMENT_SHADER, common + parts + read_text(fragment_file), fragment_file);

  Program program;
  glAttachShader(program.name(), vertex.name());
  glAttachShader(program.name(), fragment.name());
  glLinkProgram(program.name());
  glDetachShader(program.name(), vertex.name());
  glDetachShader(program.name(), fragment.name());
  GLint linked = GL_FALSE;
  glGetProgramiv(program.name(), GL_LINK_STATUS, &linked);
  if (linked != GL_TRUE) {
    throw Error(Code::unsupported, fmt::format("the OpenGL driver cannot link shader '{}': {}", fragment_name,
                                               info_log(program.name(), glGetProgramiv, glGetProgramInfoLog)));
  }
  if (const GLuint block = glGetUniformBlockIndex(program.name(), "Frame"); block != GL_INVALID_INDEX) {
    glUniformBlockBinding(program.name(), block, 0);
  }
  return program;
}

Program load_program(const std::filesystem::path& folder, const std::string& name) {
  return load_program(folder, name, name, {});
}

}  // namespace purlscope::render::gl
