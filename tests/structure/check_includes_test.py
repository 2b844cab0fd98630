"""The include rules hold for small trees made here: every kind of breach is found, and nothing else is."""

import tempfile
import unittest
from pathlib import Path

from check_includes import breaches_in


class IncludeRules(unittest.TestCase):
    def breaches(self, files: dict[str, str]) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for name, text in files.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            return breaches_in(root)

    def assert_one(self, files: dict[str, str], *words: str) -> None:
        found = self.breaches(files)
        self.assertEqual(len(found), 1, found)
        for word in words:
            self.assertIn(word, found[0])

    def test_allowed_includes_pass(self):
        self.assertEqual(
            self.breaches({
                "core/base/clip.h": "#include <vector>\n#include <fmt/format.h>\n#include <sys/stat.h>\n",
                "core/formats/mat.cpp": '#include <matio.h>\n#include "core/base/clip.h"\n',
                "models/nets/net.cpp": '#include <ATen/ATen.h>\n#include "core/base/clip.h"\n',
                "render/scene.cpp": '#include <epoxy/gl.h>\n#include <imgui.h>\n#include "core/base/clip.h"\n',
                "app/studio/view.cpp": '#include <QWidget>\n#include "render/scene.h"\n',
                "tests/models/net_test.cpp": '#include <ATen/ATen.h>\n#include "models/nets/net.h"\n',
            }), [])

    def test_core_may_not_include_render(self):
        self.assert_one({"core/base/a.cpp": '\n#include "render/scene.h"\n'}, "core/base/a.cpp:2", "render/scene.h")

    def test_the_program_may_not_include_models(self):
        self.assert_one({"app/cli/a.cpp": '#include "models/engine/module.h"\n'}, "app may not include")

    def test_tests_obey_the_rules_of_their_folder(self):
        self.assert_one({"tests/core/a_test.cpp": '#include "models/nets/net.h"\n'}, "tests/core may not include")

    def test_third_party_headers_belong_to_their_folders(self):
        self.assert_one({"core/formats/a.cpp": "#include <torch/nn/module.h>\n"}, "LibTorch")
        self.assert_one({"app/studio/a.cpp": "#include <epoxy/gl.h>\n"}, "OpenGL")
        self.assert_one({"app/studio/a.cpp": "#include <imgui.h>\n"}, "Dear ImGui")
        self.assert_one({"app/cli/a.cpp": "#include <boost/asio.hpp>\n"}, "Boost", "core/live")
        self.assert_one({"render/a.cpp": "#include <QOpenGLWidget>\n"}, "Qt")
        self.assert_one({"render/a.cpp": "#include <QtWidgets/QLabel>\n"}, "Qt")

    def test_the_command_line_is_free_of_qt(self):
        self.assert_one({"app/cli/a.cpp": "#include <QString>\n"}, "command line")

    def test_the_library_for_gpus_is_free_of_libtorch(self):
        self.assert_one({"models/cuda/library/a.cu": "#include <ATen/ATen.h>\n"}, "free of LibTorch")
        self.assert_one({"models/nets/a.cpp": "#include <cuda_runtime.h>\n"}, "CUDA", "models/cuda/kernels")

    def test_the_engine_part_of_core_is_plain(self):
        self.assert_one({"core/text/a.cpp": "#include <zip.h>\n"}, "zip.h", "alone")
        self.assert_one({"core/text/a.cpp": "#include <opencv2/core.hpp>\n"}, "opencv2")

    def test_headers_are_named_from_the_root(self):
        self.assert_one({"render/a.h": "", "render/b.cpp": '#include "a.h"\n'}, '"render/a.h"')

    def test_sub_folders_may_use_the_interface_of_their_folder(self):
        self.assertEqual(
            self.breaches({
                "render/renderer.cpp": '#include "render/gl/target.h"\n',
                "render/gl/target.h": '#include "render/renderer.h"\n',
                "render/renderer.h": "",
            }), [])

    def test_cycles_are_found_at_every_level(self):
        self.assert_one({
            "render/gl/a.h": '#include "render/overlay/b.h"\n',
            "render/overlay/b.h": '#include "render/gl/c.h"\n',
        }, "cycle", "render/gl/a.h:1", "render/overlay/b.h:1")
        self.assert_one({
            "render/a.h": '#include "render/gl/b.h"\n',
            "render/gl/b.h": '#include "render/a.h"\n',
        }, "cycle between files")
        # Two folders whose files do not meet, but whose parents include each other.
        self.assert_one({
            "models/nets/a/a.h": '#include "models/text/b/b.h"\n',
            "models/text/c/c.h": '#include "models/nets/d/d.h"\n',
        }, "cycle")


if __name__ == "__main__":
    unittest.main()
