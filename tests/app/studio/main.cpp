#include <gtest/gtest.h>

#include <QApplication>
#include <QTemporaryDir>

#include "app/studio/language/language.h"
#include "app/studio/theme/theme.h"
#include "app/studio/view/viewport.h"

/// GUI tests need one QApplication for all of them, and settings of their own.
int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (testing::GTEST_FLAG(list_tests)) return RUN_ALL_TESTS();
  const QTemporaryDir home;
  for (const char* variable : {"XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"}) {
    qputenv(variable, (home.path() + QLatin1Char('/') + QLatin1String(variable)).toUtf8());
  }
  purlscope::app::set_default_surface_format();
  QApplication application(argc, argv);
  QApplication::setQuitOnLastWindowClosed(false);
  purlscope::app::prepare_application();
  purlscope::app::use_language(purlscope::app::Language::english);
  return RUN_ALL_TESTS();
}
