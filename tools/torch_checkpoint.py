"""Reads PyTorch checkpoints (.pt, .pth) without running anything that they contain.

A checkpoint is a pickle, and a pickle is a program. This reads the old stream form and the zip form with
restricted_pickle.py, which lies beside it, and admits tensors, numbers, strings and containers alone. Memory is bounded
by the size of the file. Standard library of Python 3.9 or later.
"""

import io
import math
import os
import re
import struct
import typing
import zipfile

import restricted_pickle
from restricted_pickle import Dictionary, Refused, Rules, shown

LEGACY_MAGIC = 0x1950A86A20F9469CFC6C
LEGACY_PROTOCOL = 1001
MAX_ELEMENTS = 2**34  # of one tensor or storage
MAX_DIMENSIONS = 64  # of a tensor, PyTorch's own limit
MAX_OPCODES = 4 * 10**6  # of a pickle; a state dict has about 25 a tensor
MAX_GROWTH = 16  # times the size of the file
FREE_GROWTH = 16 * 2**20  # bytes that the smallest file may grow to

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

SAVE_STATE_DICT = "save the state dict alone (torch.save(model.state_dict(), ...)) and convert that"
SAVE_COPIES = "save copies: torch.save({name: t.clone() for name, t in model.state_dict().items()}, ...)"


class StorageType(typing.NamedTuple):
    """Stands for a storage class of torch."""

    dtype: str
    element: int


class Storage(typing.NamedTuple):
    """A run of elements; its bytes come beside the pickle (zip form) or after it (stream form)."""

    key: str
    kind: StorageType
    count: int

    @property
    def size(self):
        return self.count * self.kind.element


class Tensor(typing.NamedTuple):
    """A view into a storage."""

    storage: Storage
    offset: int
    shape: tuple
    strides: tuple

    @property
    def size(self):
        """Bytes once dense."""
        return math.prod(self.shape) * self.storage.kind.element

    def dense(self, data):
        """The elements in C order. `data`: the bytes of the storage."""
        element = {1: "B", 2: "H", 4: "I", 8: "Q"}[self.storage.kind.element]
        target = memoryview(bytearray(self.size)).cast(element)
        axes, step = [(1, 1, 1)], 1  # (length, stride here, stride in the target), neighbours that run on joined
        for n, stride in zip(reversed(self.shape), reversed(self.strides)):
            if stride == axes[-1][0] * axes[-1][1]:
                axes[-1] = (axes[-1][0] * n, *axes[-1][1:])
            elif n != 1:
                axes.append((n, stride, step))
            step *= n
        if self.size > 0:
            copy(memoryview(data).cast(element), self.offset, target, 0, sorted(axes))
        return target


def copy(source, start, target, at, axes):
    """Loops over the axes but the last and longest, which is one assignment."""
    (n, stride, step), inner = axes[0], axes[1:]
    if inner:
        for i in range(n):
            copy(source, start + i * stride, target, at + i * step, inner)
    elif stride == 0:
        row = source[start : start + 1].tobytes() * n
        target[at : at + (n - 1) * step + 1 : step] = memoryview(row).cast(source.format)
    else:
        target[at : at + (n - 1) * step + 1 : step] = source[start : start + (n - 1) * stride + 1 : stride]


def whole_number(value, what):
    if type(value) is not int or not 0 <= value <= MAX_ELEMENTS:
        raise Refused(f"{what} is {shown(value)}, expected a whole number from 0 to {MAX_ELEMENTS}")
    return value


def sizes(values, what):
    if type(values) not in (tuple, list):
        raise Refused(f"{what} is {shown(values)}, expected a tuple")
    if len(values) > MAX_DIMENSIONS:
        raise Refused(f"{what} has {len(values)} dimensions, expected at most {MAX_DIMENSIONS}")
    return tuple(whole_number(v, what) for v in values)


def rebuild_tensor(storage, offset, shape, strides, requires_grad=None, hooks=None, metadata=None):
    if not isinstance(storage, Storage):
        raise Refused("a tensor is built on something that is no storage")
    shape, strides = sizes(shape, "a tensor's shape"), sizes(strides, "a tensor's strides")
    if len(shape) != len(strides):
        raise Refused(f"a tensor has shape {list(shape)} but strides {list(strides)}")
    whole_number(math.prod(shape), "a tensor's number of elements")
    last = whole_number(offset, "a tensor's offset") + sum((n - 1) * s for n, s in zip(shape, strides))
    if 0 not in shape and last >= storage.count:
        raise Refused(f"a tensor of shape {list(shape)} reaches beyond its storage of {storage.count} elements")
    return Tensor(storage, offset, shape, strides)


def rebuild_parameter(data, requires_grad=None, hooks=None):
    if not isinstance(data, Tensor):
        raise Refused("a parameter is built on something that is no tensor")
    return data


ADMITTED = {
    "collections.OrderedDict": Dictionary,
    "_codecs.encode": lambda text, encoding: None,  # how protocol 2 spells bytes, which nothing here reads
    "torch._utils._rebuild_tensor": rebuild_tensor,
    "torch._utils._rebuild_tensor_v2": rebuild_tensor,
    "torch._utils._rebuild_parameter": rebuild_parameter,
    **{f"torch.{name}": StorageType(*kind) for name, kind in STORAGES.items()},
}


def with_attributes(target, state):
    """A state dict has one attribute, the versions of its modules, which nothing here needs."""
    if not isinstance(target, Dictionary) or len(state.pairs) != 1 or state.get("_metadata") is None:
        raise Refused(f"the checkpoint sets attributes of {shown(target)}, which state dicts do not", SAVE_STATE_DICT)
    return target


def load_pickle(stream):
    """One pickle of the stream: (object, storages by key). It is made of plain values, Dictionary and Tensor."""
    storages = {}
    rules = Rules(
        "checkpoint",
        "tensor, number, string or container",
        SAVE_STATE_DICT,
        ADMITTED,
        with_attributes,
        lambda pid: refer(pid, storages),
        MAX_OPCODES,
    )
    return restricted_pickle.load_pickle(stream, rules), storages


def refer(pid, storages):
    """The storage that a persistent id names, noted in `storages`."""
    if type(pid) is not tuple or len(pid) < 5 or pid[0] != "storage" or not isinstance(pid[1], StorageType):
        raise Refused("the checkpoint has an external reference that is no tensor storage", SAVE_STATE_DICT)
    _, kind, key, _, count = pid[:5]
    if len(pid) > 5 and pid[5] is not None:
        raise Refused("the checkpoint has views of storages (PyTorch before 0.4)", "save it again with a newer one")
    if not isinstance(key, str) or len(key) > 100:
        raise Refused(f"a storage has the key {shown(key)}, expected a short string")
    new = Storage(key, kind, whole_number(count, "a storage's number of elements"))
    if storages.setdefault(key, new) != new:
        raise Refused(f"storage {shown(key)} is named twice with different types or sizes")
    return new


def check_growth(what, count, size):
    """Tensors may share elements (tied weights, stride 0) and zip archives compress, but no file may fill a disk."""
    limit = max(MAX_GROWTH * size, FREE_GROWTH)
    if count > limit:
        raise Refused(f"{what} take {count} bytes, expected at most {limit} from a file of {size}", SAVE_COPIES)


def load_stream(stream, size):
    """(object, bytes of the storages by key) of the old form.

    Four pickles (magic number, protocol, system, object), the storage keys, then each storage.
    """
    magic, _ = load_pickle(stream)
    if magic != LEGACY_MAGIC:
        raise Refused("not a PyTorch checkpoint: neither a zip archive nor a stream with PyTorch's magic number")
    protocol, _ = load_pickle(stream)
    if protocol != LEGACY_PROTOCOL:
        raise Refused(f"checkpoint protocol {shown(protocol)}, expected {LEGACY_PROTOCOL}")
    system, _ = load_pickle(stream)
    if not isinstance(system, Dictionary) or system.get("little_endian") is not True:
        raise Refused("the checkpoint was written on a big-endian machine", "save it again on a little-endian one")
    result, storages = load_pickle(stream)
    keys, _ = load_pickle(stream)
    names = {key for key in keys if isinstance(key, str)}
    if len(keys) != len(storages) or names != set(storages):
        raise Refused("the list of storages does not match those that the tensors name")
    needed, left = sum(8 + storage.size for storage in storages.values()), size - stream.tell()
    if needed != left:
        raise Refused(f"the storages take {needed} bytes, but the file has {left} for them")
    data = {}
    for key in keys:
        (count,) = struct.unpack("<q", stream.read(8))
        if count != storages[key].count:
            raise Refused(f"storage {shown(key)} has {count} elements, its tensors expect {storages[key].count}")
        data[key] = stream.read(storages[key].size)
    return result, data


def load_zip(stream, size):
    """(object, bytes of the storages by key) of the form since PyTorch 1.6: <name>/data.pkl and <name>/data/<key>."""
    with zipfile.ZipFile(stream) as archive:
        members = {info.filename: info for info in archive.infolist()}
        check_growth("its members", sum(info.file_size for info in members.values()), size)

        def read(name):
            if members[name].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Refused(f"member {shown(name)} is compressed as torch.save does not do")
            with archive.open(members[name]) as member:
                content = member.read(members[name].file_size)
            if len(content) != members[name].file_size:
                raise Refused(f"member {shown(name)} has {len(content)} of {members[name].file_size} bytes")
            return content

        roots = [name[: -len("data.pkl")] for name in members if re.fullmatch(r"([^/]+/)?data\.pkl", name)]
        if len(roots) != 1:
            raise Refused("the zip archive has no single data.pkl; only what torch.save writes is supported")
        root = roots[0]
        if f"{root}byteorder" in members and read(f"{root}byteorder") != b"little":
            raise Refused("the checkpoint was written on a big-endian machine", "save it again on a little-endian one")
        result, storages = load_pickle(io.BytesIO(read(f"{root}data.pkl")))
        data = {}
        for key, storage in storages.items():
            info = members.get(f"{root}data/{key}")
            if info is None or info.file_size != storage.size:
                found = "missing" if info is None else f"{info.file_size} bytes long"
                raise Refused(f"storage {shown(key)} is {found}, its tensors expect {storage.size} bytes")
            data[key] = read(info.filename)
        return result, data


def state_dict(loaded):
    """The tensors of a checkpoint by name: the object itself, or its entry for the weights."""
    if not isinstance(loaded, Dictionary):
        raise Refused(f"the checkpoint holds {shown(loaded)}, expected a dictionary of tensors", SAVE_STATE_DICT)
    entries = (loaded.get(entry) for entry in ("state_dict", "model_state_dict", "model"))
    tensors = {}
    for name, value in next((entry for entry in entries if isinstance(entry, Dictionary)), loaded).pairs:
        if not isinstance(name, str):
            raise Refused(f"a tensor has the name {shown(name)}, expected a string", SAVE_STATE_DICT)
        if not isinstance(value, Tensor):
            continue
        short = name.removeprefix("module.")
        if short == "__metadata__" or re.search("[\ud800-\udfff]", short):
            raise Refused(f"a tensor has the name {shown(name)}, which safetensors cannot hold", "rename it")
        if short in tensors:
            raise Refused(f"two tensors have the name {shown(short)} (less the prefix 'module.')", "rename one")
        tensors[short] = value
    if not tensors:
        raise Refused("the checkpoint holds no tensors", SAVE_STATE_DICT)
    return tensors


def read_checkpoint(path):
    """(tensors by name, bytes of the storages by key). Raises Refused whatever the file holds; OSError from opening."""
    with open(path, "rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        form, load = "pickle stream", load_stream
        try:
            if stream.read(4) == b"PK\x03\x04":
                form, load = "zip archive", load_zip
            stream.seek(0)
            loaded, data = load(stream, size)
            tensors = state_dict(loaded)
            check_growth("its tensors", sum(tensor.size for tensor in tensors.values()), size)
            return tensors, data
        except Refused:
            raise
        except MemoryError:
            remedy = "download the file again, or convert it on a larger machine"
            raise Refused("damaged, or too large for the memory of this machine", remedy) from None
        except Exception as error:  # a damaged file can raise nearly anything
            raise Refused(f"damaged {form}: {type(error).__name__}: {shown(str(error))}") from None
