#pragma once

#include <QApplication>
#include <QTest>
#include <filesystem>
#include <functional>
#include <string>

#include "app/studio/main_window.h"
#include "tests/support/mock_engine.h"

class QLabel;

namespace purlscope::test {

/// Writes an NTU `.skeleton` file of one person who stands and raises the right hand. 30 frames a second.
/// @param persons all at the same place
std::filesystem::path write_clip(const std::string& name, int frames = 45, int persons = 1);
/// A file with any content below the test's temporary folder.
std::filesystem::path write_file(const std::string& name, const std::string& content);
/// Temporary folder of this process; removed at its end.
std::filesystem::path temp_dir();

/// Runs the event loop until the condition holds. @return whether it did in time
bool wait_until(const std::function<bool()>& condition, int timeout_ms = 10000);

class Studio;

/// Names the file in the save dialog that is open, and takes it.
void save_in_dialog(Studio& studio, const std::filesystem::path& file);

/// A studio on a MockEngine, shown and ready for keys. Xvfb has no window manager, so the window is made active by
/// hand.
class Studio {
 public:
  explicit Studio(std::shared_ptr<MockControl> control = std::make_shared<MockControl>(),
                  core::Worker::EngineFactory factory = {});
  ~Studio();

  app::MainWindow& window() { return *window_; }
  MockControl& control() { return *control_; }
  app::Session& session() { return window_->session(); }

  /// Opens a clip by the loader and waits for its scores (or for the clip alone).
  void open(const std::filesystem::path& file, bool scored = true);
  void set_labels(const std::vector<std::string>& labels);
  void type_label(const QString& text);
  template <typename Widget>
  Widget* find(const char* name) {
    auto* widget = window_->findChild<Widget*>(QString::fromLatin1(name));
    if (widget == nullptr) throw std::runtime_error(std::string("no widget ") + name);
    return widget;
  }
  /// The label whose property `role` says this: several share an object name, by which they are styled.
  QLabel* find_role(const char* role);
  /// Whether the scores belong to the clip and the labels that are shown.
  bool settled();

 private:
  std::shared_ptr<MockControl> control_;
  std::unique_ptr<app::MainWindow> window_;
};

}  // namespace purlscope::test
