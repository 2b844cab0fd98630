#include "tests/app/studio/support.h"

#include <gtest/gtest.h>

#include <QDialogButtonBox>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <cmath>
#include <fstream>
#include <sstream>

#include "app/studio/session/engine_link.h"
#include "app/studio/session/session.h"
#include "core/base/layout.h"

namespace purlscope::test {
namespace fs = std::filesystem;
namespace {

/// Metres, the person faces the camera at the origin. Order of the NTU layout.
std::array<float, 3> pose(std::size_t joint, float raise) {
  static const std::array<std::array<float, 3>, 25> kStanding = {
      {{0, 0.0F, 3},           {0, 0.3F, 3},        {0, 0.55F, 3},          {0, 0.7F, 3},       {-0.18F, 0.5F, 3},
       {-0.25F, 0.2F, 3},      {-0.27F, 0, 3},      {-0.28F, -0.1F, 3},     {0.18F, 0.5F, 3},   {0.25F, 0.2F, 3},
       {0.27F, 0, 3},          {0.28F, -0.1F, 3},   {-0.1F, 0, 3},          {-0.11F, -0.4F, 3}, {-0.12F, -0.8F, 3},
       {-0.12F, -0.85F, 2.9F}, {0.1F, 0, 3},        {0.11F, -0.4F, 3},      {0.12F, -0.8F, 3},  {0.12F, -0.85F, 2.9F},
       {0, 0.5F, 3},           {-0.28F, -0.18F, 3}, {-0.25F, -0.1F, 2.95F}, {0.28F, -0.18F, 3}, {0.25F, -0.1F, 2.95F}}};
  std::array<float, 3> at = kStanding[joint];
  const bool hand = joint == 10 || joint == 11 || joint == 23 || joint == 24;
  if (hand) at[1] += 0.9F * raise;
  if (joint == 9) at[1] += 0.35F * raise;
  return at;
}

QTemporaryDir& temporary() {
  static QTemporaryDir dir;
  return dir;
}

}  // namespace

fs::path temp_dir() { return temporary().path().toStdString(); }

fs::path write_file(const std::string& name, const std::string& content) {
  const fs::path file = temp_dir() / name;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << content;
  return file;
}

fs::path write_clip(const std::string& name, int frames, int persons) {
  std::ostringstream out;
  out << frames << "\n";
  for (int frame = 0; frame < frames; ++frame) {
    const float raise = 0.5F - 0.5F * std::cos(6.2832F * static_cast<float>(frame) / 30.0F);
    out << persons << "\n";
    for (int person = 0; person < persons; ++person) {
      out << "7205759403793000" << person << " 0 1 1 1 1 0 0.0 0.0 2\n25\n";
      for (std::size_t joint = 0; joint < 25; ++joint) {
        const auto [x, y, z] = pose(joint, raise);
        out << x << ' ' << y << ' ' << z << " 0 0 0 0 0 0 0 0 2\n";
      }
    }
  }
  return write_file(name, out.str());
}

bool wait_until(const std::function<bool()>& condition, int timeout_ms) {
  QElapsedTimer timer;
  timer.start();
  while (!condition()) {
    if (timer.elapsed() > timeout_ms) return false;
    QTest::qWait(5);
  }
  return true;
}

void save_in_dialog(Studio& studio, const fs::path& file) {
  QFileDialog* dialog = nullptr;
  ASSERT_TRUE(wait_until([&] {
    dialog = studio.window().findChild<QFileDialog*>();
    return dialog != nullptr && dialog->isVisible();
  }));
  auto* line = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
  ASSERT_NE(line, nullptr);
  line->setText(QString::fromStdString(file.string()));  // typed, it would open the list of completions over the button
  QTest::mouseClick(dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save), Qt::LeftButton);
}

Studio::Studio(std::shared_ptr<MockControl> control, core::Worker::EngineFactory factory)
    : control_(std::move(control)),
      window_(std::make_unique<app::MainWindow>(factory ? std::move(factory) : mock_factory(control_))) {
  window_->resize(1280, 800);
  window_->show();
  if (!QTest::qWaitForWindowExposed(window_.get())) throw std::runtime_error("the window was never exposed");
  QApplication::setActiveWindow(window_.get());
}

Studio::~Studio() { window_->close(); }

QLabel* Studio::find_role(const char* role) {
  for (QLabel* label : window_->findChildren<QLabel*>()) {
    if (label->property("role") == QLatin1String(role)) return label;
  }
  throw std::runtime_error(std::string("no label with the role ") + role);
}

bool Studio::settled() {
  return session().recognition() != nullptr && !session().stale() && !window_->engine().waiting();
}

void Studio::open(const fs::path& file, bool scored) {
  window_->open_paths({file});
  const bool loaded = wait_until(
      [&] { return session().clip() && session().clip()->name == file.filename().string() && (!scored || settled()); });
  if (!loaded) throw std::runtime_error("the clip did not open");
}

void Studio::set_labels(const std::vector<std::string>& labels) { session().load_labels(labels); }

void Studio::type_label(const QString& text) {
  auto* line = find<QLineEdit>("label_line");
  line->setFocus();
  QTest::keyClicks(line, text);
  QTest::keyClick(line, Qt::Key_Return);
}

}  // namespace purlscope::test
