#!/usr/bin/env python3
"""Converts a PyTorch checkpoint (.pt, .pth) into safetensors without running anything that the checkpoint contains.

A PyTorch checkpoint is a pickle, and a pickle is a program. This tool reads the old stream form and the zip form with
an unpickler of its own that admits tensors, numbers, strings and containers alone; whatever else a file asks for is
refused by name. Needs Python 3.9 or later and its standard library.

    convert_checkpoint.py IN.pt OUT.safetensors [--classes FILE] [--source TEXT] [--licence TEXT]

Exit codes: 0 done, 1 the file cannot be converted (reason on stderr), 2 bad usage.
"""

import argparse
import collections
import io
import json
import os
import pickle
import re
import struct
import sys
import tempfile
import zipfile

LEGACY_MAGIC = 0x1950A86A20F9469CFC6C
LEGACY_PROTOCOL = 1001
MAX_ELEMENTS = 2**34  # refuses absurd sizes before memory is asked for

# PyTorch storage class: (safetensors type, bytes of an element)
STORAGES = {
    "DoubleStorage": ("F64", 8),
    "FloatStorage": ("F32", 4),
    "HalfStorage": ("F16", 2),
    "BFloat16Storage": ("BF16", 2),
    "LongStorage": ("I64", 8),
    "IntStorage": ("I32", 4),
    "ShortStorage": ("I16", 2),
    "CharStorage": ("I8", 1),
    "ByteStorage": ("U8", 1),
    "BoolStorage": ("BOOL", 1),
}


class Refused(Exception):
    """The checkpoint cannot be converted; the message says why and what to do."""


class Immutable:
    """What a pickle may hold but not change: its opcodes can set attributes of any object they reach."""

    __slots__ = ()

    def __init__(self, **values):
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name, value):
        raise Refused(f"the checkpoint sets '{name}' of a {type(self).__name__.lower()}, which state dicts do not do")


class StorageType(Immutable):
    """Stands for a storage class of torch; carries no code."""

    __slots__ = ("dtype", "element")


class Builder(Immutable):
    """An admitted function."""

    __slots__ = ("function",)

    def __call__(self, *arguments):
        return self.function(*arguments)


class Storage(Immutable):
    """A run of elements; its bytes come beside the pickle (zip form) or after it (stream form)."""

    __slots__ = ("key", "dtype", "element", "count")


class Tensor(Immutable):
    """A view into a storage."""

    __slots__ = ("storage", "offset", "shape", "strides")

    def contiguous_bytes(self, data):
        """The elements in C order. `data`: the bytes of the storage."""
        if 0 in self.shape:
            return b""
        last = self.offset + sum((n - 1) * s for n, s in zip(self.shape, self.strides))
        if last >= self.storage.count:
            raise Refused(f"its shape {list(self.shape)} reaches beyond its storage of {self.storage.count} elements")
        elements = memoryview(data).cast({1: "B", 2: "H", 4: "I", 8: "Q"}[self.storage.element])
        count, dense = 1, True
        for n, stride in zip(reversed(self.shape), reversed(self.strides)):
            dense = dense and (n == 1 or stride == count)
            count *= n
        if dense:
            return elements[self.offset : self.offset + count].tobytes()
        out = io.BytesIO()
        self._write_rows(elements, self.offset, 0, out)
        return out.getvalue()

    def _write_rows(self, elements, position, axis, out):
        n, stride = self.shape[axis], self.strides[axis]
        if axis < len(self.shape) - 1:
            for i in range(n):
                self._write_rows(elements, position + i * stride, axis + 1, out)
        elif stride == 0:
            out.write(elements[position : position + 1].tobytes() * n)
        else:
            out.write(elements[position : position + (n - 1) * stride + 1 : stride].tobytes())


def whole_number(value, what):
    if type(value) is not int or not 0 <= value <= MAX_ELEMENTS:
        raise Refused(f"{what} is {value!r}, expected a whole number from 0 to {MAX_ELEMENTS}")
    return value


def sizes(values, what):
    if not isinstance(values, (tuple, list)):
        raise Refused(f"{what} is a {type(values).__name__}, expected a tuple")
    return tuple(whole_number(v, what) for v in values)


def rebuild_tensor(storage, offset, shape, strides, *_):
    if not isinstance(storage, Storage):
        raise Refused("a tensor is built on something that is no storage")
    shape, strides = sizes(shape, "a tensor's shape"), sizes(strides, "a tensor's strides")
    if len(shape) != len(strides):
        raise Refused(f"a tensor has shape {list(shape)} but strides {list(strides)}")
    count = 1
    for n in shape:
        count = whole_number(count * n, "a tensor's number of elements")
    return Tensor(storage=storage, offset=whole_number(offset, "a tensor's offset"), shape=shape, strides=strides)


def rebuild_parameter(data, *_):
    if not isinstance(data, Tensor):
        raise Refused("a parameter is built on something that is no tensor")
    return data


def ordered_dict(*items):
    return collections.OrderedDict(*items)


def text_to_bytes(text, encoding):
    """Python 2 and 3 compatible pickles spell bytes as an encoded string."""
    if encoding != "latin1" or not isinstance(text, str):
        raise Refused(f"_codecs.encode with {encoding!r} is not admitted")
    return text.encode("latin1")


ADMITTED = {
    ("collections", "OrderedDict"): Builder(function=ordered_dict),
    ("_codecs", "encode"): Builder(function=text_to_bytes),
    ("torch._utils", "_rebuild_tensor"): Builder(function=rebuild_tensor),
    ("torch._utils", "_rebuild_tensor_v2"): Builder(function=rebuild_tensor),
    ("torch._utils", "_rebuild_parameter"): Builder(function=rebuild_parameter),
}
for _name, (_dtype, _element) in STORAGES.items():
    ADMITTED[("torch", _name)] = StorageType(dtype=_dtype, element=_element)


class RestrictedUnpickler(pickle.Unpickler):
    """Admits the names of ADMITTED; `storages` collects what the persistent ids name."""

    def __init__(self, stream):
        super().__init__(stream, encoding="utf-8")
        self.storages = {}

    def find_class(self, module, name):
        try:
            return ADMITTED[(module, name)]
        except KeyError:
            raise Refused(
                f"the checkpoint asks for '{module}.{name}', which is not a tensor, number, string or container; "
                "save the state dict alone (torch.save(model.state_dict(), ...)) and convert that"
            ) from None

    def persistent_load(self, pid):
        if not isinstance(pid, tuple) or len(pid) < 5 or pid[0] != "storage" or not isinstance(pid[1], StorageType):
            raise Refused("the checkpoint has an external reference that is no tensor storage")
        _, kind, key, _, count = pid[:5]
        if len(pid) > 5 and pid[5] is not None:
            raise Refused("the checkpoint has views of storages (PyTorch before 0.4); save it again with a newer one")
        if not isinstance(key, str):
            raise Refused(f"a storage has the key {key!r}, expected a string")
        count = whole_number(count, "a storage's number of elements")
        new = Storage(key=key, dtype=kind.dtype, element=kind.element, count=count)
        storage = self.storages.setdefault(key, new)
        if (storage.dtype, storage.count) != (kind.dtype, count):
            raise Refused(f"storage '{key}' is named twice with different types or sizes")
        return storage


def load_pickle(stream):
    """One pickle of the stream: (object, storages by key)."""
    reader = RestrictedUnpickler(stream)
    try:
        return reader.load(), reader.storages
    except Refused:
        raise
    except Exception as error:  # a damaged pickle can raise nearly anything
        raise Refused(f"damaged pickle: {type(error).__name__}: {error}") from None


def exactly(stream, count, what):
    data = stream.read(count)
    if len(data) != count:
        raise Refused(f"truncated: {what} has {len(data)} of {count} bytes")
    return data


def load_stream(stream):
    """(object, bytes of the storages by key) of the old form.

    Four pickles (magic number, protocol, system, object), the storage keys, then each storage.
    """
    magic, _ = load_pickle(stream)
    if magic != LEGACY_MAGIC:
        raise Refused("not a PyTorch checkpoint: neither a zip archive nor a stream with PyTorch's magic number")
    protocol, _ = load_pickle(stream)
    if protocol != LEGACY_PROTOCOL:
        raise Refused(f"checkpoint protocol {protocol!r}, expected {LEGACY_PROTOCOL}")
    system, _ = load_pickle(stream)
    if not isinstance(system, dict) or system.get("little_endian") is not True:
        raise Refused("the checkpoint was written on a big-endian machine, which is not supported")
    result, storages = load_pickle(stream)
    keys, _ = load_pickle(stream)
    data = {}
    if not isinstance(keys, list) or sorted(keys) != sorted(storages):
        raise Refused("the list of storages does not match those that the tensors name")
    for key in keys:
        storage = storages[key]
        (count,) = struct.unpack("<q", exactly(stream, 8, f"the length of storage '{key}'"))
        if count != storage.count:
            raise Refused(f"storage '{key}' has {count} elements, its tensors expect {storage.count}")
        data[key] = exactly(stream, count * storage.element, f"storage '{key}'")
    if stream.read(1):
        raise Refused("bytes follow the last storage")
    return result, data


def load_zip(stream):
    """(object, bytes of the storages by key) of the form since PyTorch 1.6: <name>/data.pkl and <name>/data/<key>."""
    try:
        with zipfile.ZipFile(stream) as archive:
            members = {info.filename: info for info in archive.infolist()}
            roots = [name[: -len("data.pkl")] for name in members if re.fullmatch(r"([^/]+/)?data\.pkl", name)]
            if len(roots) != 1:
                raise Refused("the zip archive has no single data.pkl; only what torch.save writes is supported")
            root = roots[0]
            if f"{root}byteorder" in members and archive.read(f"{root}byteorder") != b"little":
                raise Refused("the checkpoint was written on a big-endian machine, which is not supported")
            result, storages = load_pickle(io.BytesIO(archive.read(f"{root}data.pkl")))
            data = {}
            for key, storage in storages.items():
                info = members.get(f"{root}data/{key}")
                expected = storage.count * storage.element
                if info is None or info.file_size != expected:
                    found = "missing" if info is None else f"{info.file_size} bytes long"
                    raise Refused(f"storage '{key}' is {found}, its tensors expect {expected} bytes")
                data[key] = archive.read(info)
            return result, data
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise Refused(f"damaged zip archive: {error}") from None


def state_dict(loaded):
    """The tensors of a checkpoint by name: the object itself, or its entry for the weights."""
    for entry in ("state_dict", "model_state_dict", "model"):
        if isinstance(loaded, dict) and isinstance(loaded.get(entry), dict):
            loaded = loaded[entry]
            break
    if not isinstance(loaded, dict):
        raise Refused(f"the checkpoint holds a {type(loaded).__name__}, expected a dictionary of tensors")
    tensors = {}
    for name, value in loaded.items():
        if not isinstance(name, str):
            raise Refused(f"a tensor has the name {name!r}, expected a string")
        if isinstance(value, Tensor):
            tensors[name.removeprefix("module.")] = value
    if not tensors:
        raise Refused("the checkpoint holds no tensors")
    return tensors


def architecture(tensors):
    """The network that the names of the tensors belong to."""
    shift = ("l1.gcn1.Feature_Mask", "l10.gcn1.Linear_weight", "l10.tcn1.shift_out.ypos", "fc.weight", "data_bn.weight")
    if all(name in tensors for name in shift):
        return "shift-gcn"
    return "unknown"


def read_classes(path, tensors):
    with open(path, encoding="utf-8") as file:
        names = [line.strip() for line in file if line.strip()]
    expected = tensors["fc.weight"].shape[0] if "fc.weight" in tensors and tensors["fc.weight"].shape else None
    if expected is not None and len(names) != expected:
        raise Refused(f"{path}: {len(names)} class names, but the classifier has {expected} classes")
    return names


def write_safetensors(path, tensors, data, metadata):
    """Writes beside the target and takes its place when complete."""
    order = sorted(tensors, key=lambda name: (-tensors[name].storage.element, name))
    header, position, blobs = {"__metadata__": metadata}, 0, []
    for name in order:
        tensor = tensors[name]
        try:
            blob = tensor.contiguous_bytes(data[tensor.storage.key])
        except Refused as refused:
            raise Refused(f"tensor '{name}': {refused}") from None
        header[name] = {
            "dtype": tensor.storage.dtype,
            "shape": list(tensor.shape),
            "data_offsets": [position, position + len(blob)],
        }
        position += len(blob)
        blobs.append(blob)
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
    text += b" " * (-len(text) % 8)
    folder = os.path.dirname(os.path.abspath(path))
    descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=os.path.basename(path) + ".part-")
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(struct.pack("<Q", len(text)))
            out.write(text)
            out.writelines(blobs)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def convert(source, target, classes=None, origin=None, licence=None):
    """Converts one file. Returns the metadata written. Raises Refused or OSError."""
    with open(source, "rb") as stream:
        zipped = stream.read(4) == b"PK\x03\x04"
        stream.seek(0)
        loaded, data = load_zip(stream) if zipped else load_stream(stream)
    tensors = state_dict(loaded)
    metadata = {
        "format": "pt",
        "architecture": architecture(tensors),
        "source": origin or os.path.basename(source),
        "licence": licence or "unknown",
    }
    if classes:
        metadata["classes"] = json.dumps(read_classes(classes, tensors), ensure_ascii=False)
    write_safetensors(target, tensors, data, metadata)
    return metadata


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Converts a PyTorch checkpoint into safetensors.")
    parser.add_argument("input", metavar="IN.pt", help="checkpoint: stream or zip form")
    parser.add_argument("output", metavar="OUT.safetensors")
    parser.add_argument("--classes", metavar="FILE", help="class names, one a line, in the order of the classifier")
    parser.add_argument("--source", metavar="TEXT", help="where the weights come from (default: the file's name)")
    parser.add_argument("--licence", metavar="TEXT", help="licence of the weights (default: unknown)")
    options = parser.parse_args(arguments)
    try:
        metadata = convert(options.input, options.output, options.classes, options.source, options.licence)
    except Refused as refused:
        print(f"error: {options.input}: {refused}", file=sys.stderr)
        return 1
    except (OSError, UnicodeDecodeError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"{options.output}: architecture {metadata['architecture']}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
