#include "tests/app/studio/window_picture.h"

#include <gtest/gtest.h>

#include <QAbstractItemView>
#include <QCursor>
#include <QFile>
#include <QImage>
#include <QLabel>

#include "app/studio/commands/command_table.h"
#include "app/studio/panels/library/library_model.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "core/base/paths.h"
#include "tests/support/source_dir.h"

namespace purlscope::test {
namespace {

constexpr int kReduction = 2;  // logical pixels in one of the stored picture

bool thumbnails_are_there(Studio& studio) {
  const auto* model = studio.find<QAbstractItemView>("library_list")->model();
  for (int row = 0; row < model->rowCount(); ++row) {
    const QVariant summary = model->index(row, 0).data(app::LibraryModel::kSummary);
    if (!summary.value<std::shared_ptr<const app::ClipSummary>>()) return false;
  }
  return model->rowCount() > 0;
}

/// The times that this machine takes are the same in every picture.
void hide_measurements(Studio& studio) {
  studio.find<QLabel>("stage_timings")->setText("prepare 1.0   backbone 9.0   text 0.0   attention 0.5   total 11 ms");
  studio.find_role("answer_time")->setText("scored in 12 ms");
  studio.find<QLabel>("draw_rate")->setText("dropped 0");
}

}  // namespace

void forget_settings() { QFile::remove(QString::fromStdString((core::user_config_dir() / "studio.ini").string())); }

void show_bundled(Studio& studio, app::ThemeChoice theme, QSize size) {
  QCursor::setPos(0, 0);  // nothing is hovered
  studio.window().choose_theme(theme, false);
  studio.window().resize(size);
  studio.window().open_bundled();
  ASSERT_TRUE(wait_until([&] { return studio.settled() && thumbnails_are_there(studio); }));
  studio.window().commands().run("view.reset_layout");
  studio.window().player().pause();
}

void show_everything(Studio& studio, app::ThemeChoice theme) {
  show_bundled(studio, theme);
  studio.session().choose_label(1);
  studio.session().choose_sentence(core::sentence_index("hands"));
  studio.window().player().seek(kPictureTime);
  QTest::qWait(100);  // bars and the first frames
}

render::Image picture_of(QWidget& widget) {
  const QImage grabbed = widget.grab().toImage().convertToFormat(QImage::Format_RGBA8888);
  render::Image image{grabbed.width(), grabbed.height(), {}};
  for (int y = 0; y < grabbed.height(); ++y) {
    image.rgba.insert(image.rgba.end(), grabbed.constScanLine(y), grabbed.constScanLine(y) + 4 * grabbed.width());
  }
  return shrunk(image, qRound(kReduction * grabbed.devicePixelRatio()));
}

render::Image picture_of(Studio& studio) {
  hide_measurements(studio);
  studio.window().view().viewport()->setFocus();  // a panel that hides gives the focus away
  QCoreApplication::processEvents();
  return picture_of(studio.window());
}

std::filesystem::path stored_picture(const std::string& name) {
  const bool doubled = qApp->devicePixelRatio() > 1.5;
  return source_dir() / "tests/app/studio/baselines" / (name + (doubled ? "_200.png" : ".png"));
}

}  // namespace purlscope::test
