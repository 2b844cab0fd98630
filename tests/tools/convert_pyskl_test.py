"""Tests of tools/convert_pyskl.py: pickles that NumPy wrote and hostile ones made by hand. Standard library only."""

import base64
import contextlib
import io
import json
import os
import pickle
import random
import struct
import subprocess
import sys
import tempfile
import unittest
import zipfile
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tools"))
import convert_pyskl as tool  # noqa: E402
from convert_checkpoint_test import Call, Global, Opcodes, pickled  # noqa: E402

# Two samples as PYSKL keeps them, pickled by NumPy 2.4 in protocols 2, 4 and 5: keypoint float16 [1,2,3,2] counts from
# 0 (the second sample downwards), keypoint_score float32 [1,2,3] is linspace(0, 1, 6) in Fortran order.
NUMPY_WROTE = {
    2: (
        "eNqVktlu1DAUhj3TPd2gLYWWtYVC2KYLBQqUbnRPOyBzk5tq5GRCHZHJzJ84iLkYKUJ0Fqk8ADwLV5MHAyedIhD0AivHdnzsc77z"
        "22G6AqLqHYQQv+TYAqkK0qquyP+PfmDkhMdsF20HaNdH5NrbmZnZV9LeSKPSVqWhg+ndp/s/MAedB+g6a/cculmg90onc92iYMIu"
        "uj56DqCoFfSqeo/0vPNYwcrlbQ99vCNBc5hhOejXSOK3C4c5n7OShYH9hfb9sKuKQX1AOoqefWi7zGl5z/FBvU8uC5nHySVRfZzX"
        "0gnte6tcKtquwJDpBoVSOZMzi56VKQSOsJnnsbKS8yxTwgkvMIWC4ZNtips/8WJEI0e4YMpjecv0FcuNJwpG9ZSMbuCi3pmAC9ud"
        "xaUqxijGa7hMcUXVUvLT0lqblha42oqbF+WSPH5NT8cKzOF6o17DDYoJVWtLQi5iMpvN7v6QLek0InDTaPBRfZwkbZGskDWyTjbI"
        "Jtki281wm+w0wx3c4jL9FMVtgTtGotNp7Tk/rhkqH+ZJNXe5RLxHcT/mSwhreMBbSPN4GCNlKKYlEv8bZsaoS5jJExjS/Nb8OrYc"
        "fYmO95aSPplHx0vSFS5jNoaao3gkMG8EFTxWeR/v5v1nXYZvMod5Cp60cOwFPI1xFiie/RvnuSFp4ptOtYjwIs65SPGyiiWKZT7A"
        "B7l8I1w+CT50qsFKrMEqxdqf1/SKT8RST7WK+06ikESfSPSZREckqpKoRqJ6M4zqJGrIoYH1ONkGxabAlsF/Sbwdh9+h2P1NYo1P"
        "/4dye3HgfYqswGsjsILMT4tmLxk="
    ),
    4: (
        "eNqFkk1v00AQhiduTVMIKdBSFS5IcCCnqFQceqhaIAVaTCNUzsjaJG5nhWNH6zUiByRf+iXNrcMB/gZXDghBP6Tym2BsF4FUFVb7"
        "ei3t63neGTkbff/JgWK94wa5ySDUlvPXi2+TtONbo3TEr5imXs7O3muJXojWRQ9FrKha2N6o8DzTHKuULqkoiq2yOo4SMTZywPiG"
        "Uf3A72nD6JIbqk4Qsgc0rvubfoJqEPDa/OhaNrbNVI+N3tSRCk8vcIJqVgqGflEkYc+h6utgOIh1ZJmmo7Q/GDb9bmyCZj8NrVbG"
        "qCFTzTdBVzJYk3Yt7zO5hZNpLOqVln2JsMWtSod3eJ0bXkW253gjnmMZp8nt2aHw5UtnY473dkvTCFUWuN1uP/spq3h4YLmz15qR"
        "uS7AA3gEy/AYnsBTWMlWYDVbZbmm+u/EfpInZbyOMzkdb56yS/QO4y3B3f+DwztnYbsFDD5+uLH04+T5okjOk0WAbCmHpTJyrGEV"
        "L+MkXUi6KlRG2sgr6/l/V25VK+UfArwtLqzjBF4RXfUcvHYm89/zul1O4DN8ga/wDb7DARzCUXYEx9lxHgrvnt9y838NBWnzF3ZG"
        "AA8="
    ),
    5: (
        "eNqNkE1PFEEQhmsHRxbBBRWNJJiYeHDiYQOEAwfCh6sItGwMns2kd5mlOs7HpqeHsAeTOQEmfaM00V/gj/BgjPKR4G/SmhEUNRor"
        "ebs76Tf1VL25++qdA2W9IM+6aTdUhornpe00a/lGSxXTM7KjTycmJhusJ6x11iKLpK2Wti0Z/s00RTKzgzKOEyONSuKUjV4BGOho"
        "GQX+htKErnVD2QpCEmAHVLTppyi7Aa3NXFjL+3fI1hKtNlUsw9MPHLZDhhuGftkkJeHY6vOg101UbMhei7Oo26v77UQHdX4HWrXJ"
        "DrI5iVpZpxNo2ifv9U34UbOwAPfhATyEJXgEy/kyrOQrZN2yEd8bpsfYfbJOZ4pe7u3SOnmiz1Zmqdlsrn7lKg8BhlqeqAhH9AmH"
        "J6k0yLDX1s6G89NiKMLrv+Dh7Zux+S8nj+dYfJ/MAeTzhGOMm/6Jw1t/wr6zdpm0VJIyjhaHsIqX7Y3zKURZaJTUWvI2F9O2DGWR"
        "QUFQM/8mNKqV0yFph11Yw2EcYV0RDl79bY/38AE+wif4DAdwCEf5ERznx4Tj5yLB28WYeOf/Erh7th/eK7cLsvo3qmDz5A=="
    ),
}


def numpy_wrote(protocol):
    return zlib.decompress(base64.b64decode(NUMPY_WROTE[protocol]))


def dtype(code, order="<"):
    made = Call(Global("numpy", "dtype"), code, False, True)
    return Opcodes(emitted(made) + emitted((3, order, None, None, None, -1, -1, 0)) + b"b")


def emitted(value):
    return pickled(value)[2:-1]


def array(shape, code, data, order="<"):
    """An array as protocol 2 keeps it."""
    raw = Call(Global("_codecs", "encode"), data.decode("latin1"), "latin1")
    made = Call(Global("numpy.core.multiarray", "_reconstruct"), Global("numpy", "ndarray"), (0,), "b")
    return Opcodes(emitted(made) + emitted((1, shape, dtype(code, order), False, raw)) + b"b")


def floats(*values):
    return struct.pack(f"<{len(values)}f", *values)


def sample(**changes):
    whole = {"frame_dir": "v1", "label": 3, "keypoint": array((1, 1, 2, 3), "f4", floats(*range(6)))}
    return {**whole, **changes}


def annotations(*samples, split=None):
    return pickled({"split": split or {}, "annotations": list(samples)})


def read_npy(content):
    """(header, bytes) of an .npy file."""
    (length,) = struct.unpack_from("<H", content, 8)
    return eval(content[10 : 10 + length], {"__builtins__": {}}), content[10 + length :]


class ConvertPysklTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.source = os.path.join(self.folder.name, "in.pkl")
        self.target = os.path.join(self.folder.name, "out")

    def convert(self, content, **options):
        with open(self.source, "wb") as file:
            file.write(content)
        return tool.convert(self.source, self.target, options.pop("layout", "coco17"), **options)

    def members(self, stem):
        with zipfile.ZipFile(os.path.join(self.target, stem + ".npz")) as archive:
            self.assertIsNone(archive.testzip())
            return {name[: -len(".npy")]: read_npy(archive.read(name)) for name in archive.namelist()}

    def assert_refused(self, content, reason, **options):
        with self.assertRaisesRegex(tool.Refused, reason):
            self.convert(content, **options)
        self.assertFalse(os.path.exists(self.target), "a refused file leaves nothing behind")

    def test_reads_what_numpy_wrote(self):
        for protocol in NUMPY_WROTE:
            with self.subTest(protocol=protocol):
                self.assertEqual(self.convert(numpy_wrote(protocol), fps=30.0), (2, 0))
                second = self.members("S001C001P001R001A002")
                header, data = second["keypoint"]
                self.assertEqual(header, {"descr": "<f2", "fortran_order": False, "shape": (1, 2, 3, 2)})
                self.assertEqual(struct.unpack("<12e", data), tuple(-n for n in range(12)))
                header, data = second["keypoint_score"]
                self.assertEqual((header["descr"], header["fortran_order"]), ("<f4", True))
                scores = struct.unpack("<6f", data)  # first index fastest: [0,0,0], [0,1,0], [0,0,1], ...
                self.assertEqual([round(s, 3) for s in scores], [0.0, 0.6, 0.2, 0.8, 0.4, 1.0])
                self.assertEqual(struct.unpack("<q", second["label"][1]), (1,))
                self.assertEqual(struct.unpack("<2q", second["img_shape"][1]), (1080, 1920))
                self.assertEqual(struct.unpack("<d", second["fps"][1]), (30.0,))
                self.assertEqual(second["layout"][1].decode("utf-32-le"), "coco17")
                self.assertEqual(second["frame_dir"][1].decode("utf-32-le"), "S001C001P001R001A002")
                with open(os.path.join(self.target, "splits.json"), encoding="utf-8") as file:
                    splits = json.load(file)
                self.assertEqual(splits, {"xsub_train": ["S001C001P001R001A001"], "xsub_val": ["S001C001P001R001A002"]})

    def test_headers_are_aligned_as_numpy_aligns_them(self):
        for shape in ((), (1,), (1, 2, 3), tuple(range(1, 20))):
            content = tool.npy("<f4", shape, False, b"")
            self.assertEqual(len(content) % 64, 0)
            self.assertEqual(content[-1:], b"\n")
            self.assertEqual(read_npy(content)[0]["shape"], shape)

    def test_one_split_and_a_limit(self):
        content = numpy_wrote(4)
        self.assertEqual(self.convert(content, only="xsub_val"), (1, 0))
        self.assertEqual(sorted(os.listdir(self.target)), ["S001C001P001R001A002.npz", "splits.json"])
        self.assertEqual(self.convert(content, limit=1), (1, 0))
        with self.assertRaisesRegex(tool.Refused, "known: xsub_train, xsub_val"):
            self.convert(content, only="xview_val")

    def test_a_plain_list_of_samples_is_read(self):
        self.assertEqual(self.convert(pickled([sample()]), layout="ntu25"), (1, 0))
        self.assertEqual(struct.unpack("<6f", self.members("v1")["keypoint"][1]), (0, 1, 2, 3, 4, 5))

    def test_names_never_leave_the_folder_or_collide(self):
        names = ["../../etc/passwd", "/etc/x", "a b", "a_b", "A_B", "..", "", "x" * 400, 7]
        self.convert(annotations(*(sample(frame_dir=name) for name in names)))
        files = sorted(os.listdir(self.target))
        self.assertEqual(len(files), len(names) + 1)
        self.assertEqual(len({file.lower() for file in files}), len(files))
        for file in files:
            self.assertRegex(file, r"^[A-Za-z0-9_][A-Za-z0-9._-]*\.(npz|json)$")
        self.assertEqual(sorted(os.listdir(self.folder.name)), ["in.pkl", "out"])

    def test_code_is_refused_and_not_run(self):
        marker = os.path.join(self.folder.name, "ran")
        for module, name in (("os", "system"), ("posix", "system"), ("builtins", "eval"), ("subprocess", "call")):
            call = Call(Global(module, name), f"touch {marker}")
            self.assert_refused(annotations(sample(label=call)), f"asks for '{module}.{name}'")
        for name in ("numpy.load", "numpy.fromfile", "numpy.core.multiarray.fromfile", "pickle.loads", "codecs.decode"):
            module, function = name.rsplit(".", 1)
            self.assert_refused(annotations(sample(label=Call(Global(module, function), marker))), "asks for")
        self.assertFalse(os.path.exists(marker))

    def test_what_pickle_itself_would_run_is_refused(self):
        class Hostile:
            def __reduce__(self):
                return os.getcwd, ()

        for protocol in (2, 3, 4, 5):
            self.assert_refused(pickle.dumps({"annotations": [Hostile()]}, protocol), "asks for")

    def test_objects_and_structures_are_refused(self):
        objects = Opcodes(
            emitted(Call(Global("numpy.core.multiarray", "_reconstruct"), Global("numpy", "ndarray"), (0,), "b"))
            + emitted((1, (1,), Call(Global("numpy", "dtype"), "O8", False, True), False, [1]))
            + b"b"
        )
        self.assert_refused(annotations(sample(keypoint=objects)), "type 'O8'")
        made = emitted(Call(Global("numpy", "dtype"), "f4", False, True))
        state = Opcodes(made + emitted((3, "<", (1,), (), (), 1, 1, 0)) + b"b")
        self.assert_refused(annotations(sample(label=state)), "structured")
        self.assert_refused(annotations(sample(label=Opcodes(emitted([]) + emitted({"a": 1}) + b"b"))), "attributes")
        self.assert_refused(annotations(sample(label=Opcodes(emitted("key") + b"Q"))), "external reference")

    def test_arrays_that_claim_more_than_they_have_are_refused(self):
        for shape in ((1, 1, 2, 4), (2**40, 2**40, 1, 1), (1, -1, 2, 3), (1.0, 1, 2, 3)):
            content = annotations(sample(keypoint=array(shape, "f4", floats(*range(6)))))
            self.assert_refused(content, "an array")

    def test_samples_that_do_not_fit_are_named_and_the_rest_go_on(self):
        wrong = [
            sample(keypoint=array((2, 3), "f4", floats(*range(6)))),
            sample(keypoint=None),
            sample(keypoint_score=array((3,), "f4", floats(1, 2, 3))),
            "no sample",
        ]
        told = []
        self.assertEqual(self.convert(annotations(sample(), *wrong), report=told.append), (1, 4))
        self.assertEqual(len(told), 4)
        self.assertIn("sample 1 ('v1'): keypoint is [2, 3]", told[0])

    def test_other_pickles_are_refused(self):
        self.assert_refused(pickled(7), "no annotations")
        self.assert_refused(pickled({"weights": 1}), "no annotations")
        self.assert_refused(annotations(), "empty")
        self.assert_refused(b"", "damaged")
        self.assert_refused(b"\x80\x04" + b"\x8c\x01a\x94" * 3, "damaged")

    def test_endless_pickles_are_refused(self):
        self.addCleanup(setattr, tool, "MAX_OPCODES", tool.MAX_OPCODES)
        tool.MAX_OPCODES = 20
        self.assert_refused(annotations(sample()), "more than 20 opcodes")

    def test_every_truncation_and_many_flips_end_well(self):
        for protocol in (2, 4, 5):
            content = numpy_wrote(protocol)
            for length in range(0, len(content), 7):
                with self.assertRaises(tool.Refused, msg=f"{length} of {len(content)} bytes"):
                    self.convert(content[:length])
            chance = random.Random(protocol)
            for _ in range(200):
                damaged = bytearray(content)
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
                with contextlib.suppress(tool.Refused):
                    self.convert(bytes(damaged))

    def test_command_line(self):
        def run(*arguments):
            command = [sys.executable, tool.__file__, *arguments]
            return subprocess.run(command, capture_output=True, text=True, check=False)

        with open(self.source, "wb") as file:
            file.write(numpy_wrote(4))
        self.assertEqual(run(self.source, self.target, "--layout", "coco17").returncode, 0)
        self.assertEqual(run(self.source, self.target).returncode, 2)
        self.assertEqual(run(self.source, self.target, "--layout", "coco17", "--fps", "0").returncode, 2)
        missing = run(os.path.join(self.folder.name, "none.pkl"), self.target, "--layout", "coco17")
        self.assertEqual(missing.returncode, 1)
        self.assertIn("none.pkl", missing.stderr)
        self.assertNotIn("Traceback", missing.stderr)


if __name__ == "__main__":
    unittest.main()
