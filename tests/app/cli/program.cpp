#include "tests/app/cli/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sstream>
#include <stdexcept>

#include "tests/support/source_dir.h"

namespace purlscope::test {
namespace {

constexpr int kNotStarted = 127;

[[noreturn]] void become_program(const std::vector<std::string>& arguments, const Environment& environment,
                                 const std::filesystem::path& out, const std::filesystem::path& err) {
  const auto redirect = [&](const std::filesystem::path& name, int descriptor) {
    const int file = open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || dup2(file, descriptor) < 0) _exit(kNotStarted);
  };
  redirect(out, STDOUT_FILENO);
  redirect(err, STDERR_FILENO);
  for (const auto& [name, value] : environment) {
    value.empty() ? unsetenv(name.c_str()) : setenv(name.c_str(), value.c_str(), 1);
  }
  std::vector<char*> argv = {const_cast<char*>(PURLSCOPE_PROGRAM)};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  execv(argv[0], argv.data());
  _exit(kNotStarted);
}

}  // namespace

nlohmann::json Outcome::json() const {
  nlohmann::json document = nlohmann::json::parse(out, nullptr, false);
  if (!document.is_discarded()) return document;
  ADD_FAILURE() << "standard output is no JSON document:\n" << out << "\nstandard error:\n" << err;
  return nullptr;
}

std::vector<nlohmann::json> Outcome::json_lines() const {
  std::vector<nlohmann::json> documents;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    documents.push_back(nlohmann::json::parse(line, nullptr, false));
    if (documents.back().is_discarded()) ADD_FAILURE() << "not a JSON document: " << line;
  }
  return documents;
}

Running::Running(const std::vector<std::string>& arguments, const Environment& environment, const std::string& out) {
  process_ = fork();
  if (process_ < 0) throw std::runtime_error("fork failed");
  if (process_ == 0) {
    const std::filesystem::path file = out.empty() ? folder_.path() / "out" : std::filesystem::path(out);
    become_program(arguments, environment, file, folder_.path() / "err");
  }
}

Running::~Running() {
  if (process_ < 0) return;
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
}

void Running::send(int signal) const { kill(process_, signal); }

std::string Running::out_so_far() const { return read_text(folder_.path() / "out"); }

Outcome Running::wait() {
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  Outcome outcome;
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.out = read_text(folder_.path() / "out");
  outcome.err = read_text(folder_.path() / "err");
  return outcome;
}

Outcome run_program(const std::vector<std::string>& arguments, const Environment& environment, const std::string& out) {
  return Running(arguments, environment, out).wait();
}

std::string program_path() { return PURLSCOPE_PROGRAM; }

std::string bundled(const std::string& name) {
  return test::source_dir().string() + "/resources/clips/" + name + ".skeleton";
}

}  // namespace purlscope::test
