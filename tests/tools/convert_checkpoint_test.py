"""Tests of tools/convert_checkpoint.py with checkpoints written by hand, opcode by opcode. Standard library only."""

import array
import contextlib
import io
import json
import os
import pickle
import random
import resource
import struct
import subprocess
import sys
import tempfile
import unittest
import warnings
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "tools"))
import convert_checkpoint as tool  # noqa: E402
import torch_checkpoint as reader  # noqa: E402


class Global:
    """Pickles as a reference to any name, whether it exists here or not."""

    def __init__(self, module, name):
        self.module, self.name = module, name


class Call:
    """Pickles as a call of a name."""

    def __init__(self, function, *arguments):
        self.function, self.arguments = function, arguments


class Reference:
    """Pickles as a persistent id."""

    def __init__(self, value):
        self.value = value


class Opcodes:
    """Pickles as the opcodes given."""

    def __init__(self, opcodes):
        self.opcodes = opcodes


def emit(value):
    """Opcodes of pickle protocol 2 that leave `value` on the stack."""
    if isinstance(value, Global):
        return b"c" + value.module.encode() + b"\n" + value.name.encode() + b"\n"
    if isinstance(value, Call):
        return emit(value.function) + emit(tuple(value.arguments)) + b"R"
    if isinstance(value, Reference):
        return emit(value.value) + b"Q"
    if isinstance(value, Opcodes):
        return value.opcodes
    if isinstance(value, tuple):
        return b"(" + b"".join(emit(v) for v in value) + b"t"
    if isinstance(value, list):
        return b"](" + b"".join(emit(v) for v in value) + b"e"
    if isinstance(value, dict):
        return b"}(" + b"".join(emit(k) + emit(v) for k, v in value.items()) + b"u"
    plain = pickle.dumps(value, 2)
    assert plain[:2] == b"\x80\x02" and plain[-1:] == b"."
    return plain[2:-1].replace(b"q\x00", b"")


def pickled(value):
    return b"\x80\x02" + emit(value) + b"."


def storage(key, count, kind="FloatStorage", module="torch"):
    return Reference(("storage", Global(module, kind), key, "cpu", count))


def tensor(source, offset, shape, strides):
    return Call(Global("torch._utils", "_rebuild_tensor_v2"), source, offset, shape, strides, False, {})


def floats(*values):
    return array.array("f", values).tobytes()


def zip_form(value, storages, root="archive/", compression=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        archive.writestr(root + "data.pkl", pickled(value))
        for key, data in storages.items():
            archive.writestr(root + "data/" + key, data)
    return out.getvalue()


def stream_form(value, storages, element=4):
    out = pickled(reader.LEGACY_MAGIC) + pickled(reader.LEGACY_PROTOCOL) + pickled({"little_endian": True})
    out += pickled(value) + pickled(list(storages))
    return out + b"".join(struct.pack("<q", len(data) // element) + data for data in storages.values())


def read_safetensors(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    metadata = header.pop("__metadata__")
    values = {n: data[e["data_offsets"][0] : e["data_offsets"][1]] for n, e in header.items()}
    return metadata, header, values


SIX = floats(1, 2, 3, 4, 5, 6)
WHOLE = tensor(storage("0", 6), 0, (6,), (1,))


class ConvertCheckpointTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.source = os.path.join(self.folder.name, "in.pt")
        self.target = os.path.join(self.folder.name, "out.safetensors")

    def convert(self, content, **options):
        with open(self.source, "wb") as file:
            file.write(content)
        tool.convert(self.source, self.target, **options)
        return read_safetensors(self.target)

    def assert_refused(self, content, reason, **options):
        with self.assertRaisesRegex(tool.Refused, reason):
            self.convert(content, **options)
        self.assertEqual(os.listdir(self.folder.name), ["in.pt"], "a refused file leaves nothing behind")

    def both_forms(self, value, storages):
        for form in (zip_form, stream_form):
            with self.subTest(form.__name__):
                yield form(value, storages)

    def test_reads_both_forms(self):
        value = {"weight": tensor(storage("0", 6), 0, (2, 3), (3, 1)), "bias": tensor(storage("0", 6), 4, (2,), (1,))}
        for content in self.both_forms(value, {"0": SIX}):
            metadata, header, values = self.convert(content)
            self.assertEqual(header["weight"]["shape"], [2, 3])
            self.assertEqual(header["weight"]["dtype"], "F32")
            self.assertEqual(values["weight"], SIX)
            self.assertEqual(values["bias"], floats(5, 6))
            self.assertEqual(metadata["architecture"], "unknown")
            self.assertEqual(metadata["source"], "in.pt")

    def test_puts_views_into_c_order(self):
        views = {
            "transposed": (tensor(storage("0", 6), 0, (3, 2), (1, 3)), floats(1, 4, 2, 5, 3, 6)),
            "every second": (tensor(storage("0", 6), 1, (3,), (2,)), floats(2, 4, 6)),
            "expanded": (tensor(storage("0", 6), 2, (2, 2), (1, 0)), floats(3, 3, 4, 4)),
            "scalar": (tensor(storage("0", 6), 5, (), ()), floats(6)),
            "empty": (tensor(storage("0", 6), 0, (0, 3), (3, 1)), b""),
            "ones": (tensor(storage("0", 6), 0, (1, 6, 1), (99, 1, 77)), SIX),
        }
        _, _, values = self.convert(zip_form({name: view for name, (view, _) in views.items()}, {"0": SIX}))
        for name, (_, expected) in views.items():
            self.assertEqual(values[name], expected, name)

    def test_keeps_every_element_type(self):
        for kind, (dtype, element) in reader.STORAGES.items():
            data = bytes(range(2 * element))
            value = {"x": tensor(storage("0", 2, kind), 0, (2,), (1,))}
            _, header, values = self.convert(zip_form(value, {"0": data}))
            self.assertEqual((header["x"]["dtype"], values["x"]), (dtype, data))

    def test_finds_the_weights_of_a_training_checkpoint(self):
        weights = Call(Global("collections", "OrderedDict"), [("module.w", tensor(storage("0", 6), 0, (6,), (1,)))])
        value = {"epoch": 3, "lr": 0.1, "note": "text", "state_dict": weights, "flags": [True, None, (1, 2)]}
        _, header, _ = self.convert(zip_form(value, {"0": SIX}))
        self.assertEqual(list(header), ["w"])

    def test_parameters_are_their_tensors(self):
        data = tensor(storage("0", 6), 0, (6,), (1,))
        value = {"w": Call(Global("torch._utils", "_rebuild_parameter"), data, True, {})}
        self.assertEqual(self.convert(zip_form(value, {"0": SIX}))[2]["w"], SIX)

    def test_names_classes_source_and_licence(self):
        classes = os.path.join(tempfile.mkdtemp(dir=tempfile.gettempdir()), "classes.txt")
        self.addCleanup(os.rmdir, os.path.dirname(classes))
        self.addCleanup(os.unlink, classes)
        with open(classes, "w", encoding="utf-8") as file:
            file.write("drink water\n\nsalué\n")
        value = {"fc.weight": tensor(storage("0", 6), 0, (2, 3), (3, 1))}
        metadata, _, _ = self.convert(zip_form(value, {"0": SIX}), classes=classes, origin="a paper", licence="MIT")
        self.assertEqual(json.loads(metadata["classes"]), ["drink water", "salué"])
        self.assertEqual((metadata["source"], metadata["licence"]), ("a paper", "MIT"))
        os.unlink(self.target)
        value = {"fc.weight": tensor(storage("0", 6), 0, (3, 2), (2, 1))}
        self.assert_refused(zip_form(value, {"0": SIX}), "2 class names, but the classifier has 3", classes=classes)

    def test_runs_nothing_of_a_malicious_file(self):
        mark = os.path.join(self.folder.name, "ran")
        attacks = {
            "posix.system": Call(Global("posix", "system"), f"touch {mark}"),
            "os.system": Call(Global("os", "system"), f"touch {mark}"),
            "builtins.eval": Call(Global("builtins", "eval"), f"open({mark!r}, 'w')"),
            "builtins.getattr": Call(Global("builtins", "getattr"), "x", "upper"),
            "subprocess.Popen": Call(Global("subprocess", "Popen"), ["touch", mark]),
            "numpy.core.multiarray._reconstruct": Global("numpy.core.multiarray", "_reconstruct"),
            "torch.load": Call(Global("torch", "load"), "x"),
            "torch._utils._rebuild_tensor_v2.__globals__": Global("torch._utils", "_rebuild_tensor_v2.__globals__"),
            "collections.OrderedDict.__init__": Global("collections", "OrderedDict.__init__"),
            "torch.nn.modules.linear.Linear": Call(Global("torch.nn.modules.linear", "Linear")),
        }
        for name, attack in attacks.items():
            for content in self.both_forms({"x": attack}, {}):
                self.assert_refused(content, f"asks for '{name}'")
                self.assertFalse(os.path.exists(mark))

    def test_admitted_objects_cannot_be_changed(self):
        state = {"element": 1, "function": 1, "count": 1, "shape": (1,)}
        targets = [
            Global("torch", "FloatStorage"),
            Global("torch._utils", "_rebuild_tensor_v2"),
            storage("0", 6),
            tensor(storage("0", 6), 0, (6,), (1,)),
        ]
        for target in targets:
            for given in (emit(state), emit((None, state)), emit((state, state))):
                changed = Opcodes(emit(target) + given + b"b")
                self.assert_refused(zip_form({"x": changed}, {"0": SIX}), "sets attributes")
        self.assertEqual(reader.ADMITTED["torch.FloatStorage"].element, 4)

    def test_dictionaries_take_no_attribute_but_their_metadata(self):
        weights = emit(Call(Global("collections", "OrderedDict"))) + emit("w") + emit(WHOLE) + b"s"
        metadata = zip_form(Opcodes(weights + emit({"_metadata": {"": {"version": 1}}}) + b"b"), {"0": SIX})
        self.assertEqual(self.convert(metadata)[2]["w"], SIX)
        os.unlink(self.target)
        for state in ({"get": 3}, {"_metadata": {}, "items": Global("collections", "OrderedDict")}, {}):
            self.assert_refused(zip_form(Opcodes(weights + emit(state) + b"b"), {"0": SIX}), "sets attributes")

    def test_refuses_impossible_tensors(self):
        bad = {
            "reaches beyond": tensor(storage("0", 6), 1, (6,), (1,)),
            "shape is -1": tensor(storage("0", 6), 0, (-1,), (1,)),
            "strides is -1": tensor(storage("0", 6), 0, (2,), (-1,)),
            "offset is -2": tensor(storage("0", 6), -2, (2,), (1,)),
            "offset is True": tensor(storage("0", 6), True, (2,), (1,)),
            "but strides": tensor(storage("0", 6), 0, (2,), (1, 1)),
            "expected a tuple": tensor(storage("0", 6), 0, 6, (1,)),
            "number of elements is": tensor(storage("0", 6), 0, (2**20, 2**20), (0, 0)),
            "take 34359738368 bytes": tensor(storage("0", 6), 0, (2**33,), (0,)),
            "take 17179869184 bytes": tensor(storage("0", 6), 0, (2**20, 2**12), (0, 0)),
            "has 2000 dimensions": tensor(storage("0", 6), 0, (2,) * 2000, (0,) * 2000),
            "no storage": tensor("0", 0, (6,), (1,)),
            "no tensor storage": Reference("0"),
            "no tensor;": Call(Global("torch._utils", "_rebuild_parameter"), 3),
        }
        for reason, value in bad.items():
            for content in self.both_forms({"x": value}, {"0": SIX} if "storage" not in reason else {}):
                self.assert_refused(content, reason)

    def test_refuses_storages_that_do_not_match(self):
        value = {"x": WHOLE}
        self.assert_refused(zip_form(value, {}), "storage '0' is missing")
        self.assert_refused(zip_form(value, {"0": SIX[:-4]}), "20 bytes long, its tensors expect 24")
        self.assert_refused(stream_form(value, {}), "does not match")
        self.assert_refused(stream_form(value, {"0": SIX}, 8), "3 elements, its tensors expect 6")
        self.assert_refused(stream_form(value, {"0": SIX})[:-1], "take 32 bytes, but the file has 31")
        self.assert_refused(stream_form(value, {"0": SIX}) + b"x", "take 32 bytes, but the file has 33")
        huge = tensor(storage("0", 2**33), 0, (1,), (1,))
        self.assert_refused(stream_form({"x": huge}, {"0": SIX}), "take 34359738376 bytes, but the file has 32")
        twice = [tensor(storage("0", 6), 0, (6,), (1,)), tensor(storage("0", 3, "DoubleStorage"), 0, (3,), (1,))]
        self.assert_refused(zip_form(dict(zip("ab", twice)), {"0": SIX}), "named twice")

    def test_refuses_what_is_no_checkpoint(self):
        self.assert_refused(b"", "damaged pickle")
        self.assert_refused(b"#!/bin/sh\n", "damaged pickle")
        self.assert_refused(b"PK\x03\x04 nothing more", "damaged zip")
        self.assert_refused(pickled(7), "neither a zip archive")
        self.assert_refused(zip_form([1, 2], {}), "holds a list")
        self.assert_refused(zip_form({"epoch": 3}, {}), "no tensors")
        self.assert_refused(zip_form({1: WHOLE}, {"0": SIX}), "name 1")

    def test_reads_compressed_members_and_refuses_damaged_ones(self):
        data = floats(*range(100)) * 10
        value = {"x": tensor(storage("0", 1000), 0, (1000,), (1,))}
        content = zip_form(value, {"0": data}, compression=zipfile.ZIP_DEFLATED)
        self.assertEqual(self.convert(content)[2]["x"], data)
        os.unlink(self.target)
        middle = content.index(b"archive/data/0") + 60
        damaged = content[:middle] + b"\xff" * 20 + content[middle + 20 :]
        self.assert_refused(damaged, "damaged zip archive: error: 'Error -3 while decompressing")
        self.assert_refused(zip_form(value, {"0": data}, compression=zipfile.ZIP_LZMA), "as torch.save does not")
        bomb = {"x": tensor(storage("0", 2**23), 0, (1,), (1,))}
        content = zip_form(bomb, {"0": bytes(2**25)}, compression=zipfile.ZIP_DEFLATED)
        self.assert_refused(content, "its members take 335")

    def test_refuses_names_that_safetensors_cannot_hold(self):
        for content in self.both_forms({"__metadata__": WHOLE}, {"0": SIX}):
            self.assert_refused(content, "'__metadata__', which safetensors cannot hold; rename it")
        self.assert_refused(zip_form({"module.__metadata__": WHOLE}, {"0": SIX}), "'module.__metadata__', which")
        self.assert_refused(zip_form({"\ud800": WHOLE}, {"0": SIX}), r"'\\ud800', which safetensors cannot hold")

    def test_refuses_two_tensors_of_one_name(self):
        for names in (("module.a", "a"), ("a", "module.a")):
            for content in self.both_forms(dict.fromkeys(names, WHOLE), {"0": SIX}):
                self.assert_refused(content, "two tensors have the name 'a'")

    def test_refuses_what_would_take_forever_to_read(self):
        doubled = Opcodes(emit(()) + b"".join(b"q%ch%c\x86" % (i, i) for i in range(100)))
        deep = Opcodes(b")" + b"\x85" * 10**6)
        for key in (doubled, deep):  # as a key of a dictionary: hashing takes 2**100 steps, or overflows the stack
            value = Opcodes(b"}" + emit("other") + b"}" + emit(key) + b"Nss" + emit("w") + emit(WHOLE) + b"s")
            self.assertEqual(self.convert(zip_form(value, {"0": SIX}))[2]["w"], SIX)
            os.unlink(self.target)
            self.assert_refused(zip_form(Opcodes(b"}" + emit(key) + emit(WHOLE) + b"s"), {"0": SIX}), "name a tuple")
        self.assert_refused(zip_form(Opcodes(b"}r\xff\xff\xff\xff"), {}), "no tensors")  # a memo of 2**32 entries
        self.addCleanup(setattr, reader, "MAX_OPCODES", reader.MAX_OPCODES)
        reader.MAX_OPCODES = 20
        self.assert_refused(zip_form({"w": WHOLE}, {"0": SIX}), "more than 20 opcodes")

    def test_every_truncation_is_refused(self):
        value = {"weight": tensor(storage("0", 6), 0, (2, 3), (3, 1))}
        for content in self.both_forms(value, {"0": SIX}):
            for length in range(len(content)):
                with self.assertRaises(tool.Refused, msg=f"{length} of {len(content)} bytes"):
                    self.convert(content[:length])

    def run_command(self, *arguments):
        """(exit code, stderr) of the tool as a user runs it, with 1 GB of memory."""

        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))

        command = [sys.executable, tool.__file__, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, preexec_fn=limit, check=False)
        return done.returncode, done.stderr

    def test_the_command_line_says_what_is_wrong(self):
        bad = {
            "'os.system'": {"x": Call(Global("os", "system"), "true")},
            "two tensors": {"a": WHOLE, "module.a": WHOLE},
            "take 34359738368 bytes": {"x": tensor(storage("0", 6), 0, (2**33,), (0,))},
            "'\\ud800'": {"\ud800": WHOLE},
        }
        for reason, value in bad.items():
            with open(self.source, "wb") as file:
                file.write(zip_form(value, {"0": SIX}))
            code, errors = self.run_command(self.source, self.target)
            self.assertEqual(code, 1)
            self.assertIn(reason, errors)
            self.assertRegex(errors, rf"\Aerror: {self.source}: [^\n]*; [^\n]*\n\Z", "one line: file, found, remedy")
            self.assertEqual(os.listdir(self.folder.name), ["in.pt"])
        code, errors = self.run_command(self.source + ".none", self.target)
        self.assertEqual((code, errors.count("\n")), (1, 1))
        self.assertIn("No such file", errors)

    def test_mutations_are_converted_or_refused(self):
        weights = Call(Global("collections", "OrderedDict"), [("module.w", tensor(storage("0", 6), 0, (3, 2), (1, 3)))])
        value = {"epoch": 3, "lr": 0.1, "state_dict": weights, "flags": [True, None, (1, b"2")], "x": WHOLE}
        chance = random.Random(1)
        warnings.simplefilter("ignore")  # of pickletools about strings with odd escapes
        for form in (zip_form, stream_form):
            content = form(value, {"0": SIX})
            for _ in range(500):
                mutant = bytearray(content)
                for _ in range(chance.choice((1, 2, 8))):
                    start = chance.randrange(len(mutant))
                    mutant[start : start + chance.randrange(3)] = chance.randbytes(chance.randrange(3))
                with contextlib.suppress(tool.Refused):
                    self.convert(bytes(mutant))


if __name__ == "__main__":
    unittest.main()
