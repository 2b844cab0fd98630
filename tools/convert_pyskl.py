#!/usr/bin/env python3
"""Converts the annotations of PYSKL (.pkl: NTU RGB+D, FineGYM, UCF101, Diving48, ...) into one .npz file a sample,
which Purlscope opens, without running anything that the pickle contains.

Reads with restricted_pickle.py, which lies beside it. Needs Python 3.9 or later and its standard library.

    convert_pyskl.py IN.pkl OUT_FOLDER --layout ntu25 [--fps F] [--only SPLIT] [--limit N]

Each file holds `keypoint` [M,T,V,C], `keypoint_score` [M,T,V] where there are scores, `frame_dir`, `label`,
`img_shape`, `layout` and `fps`, numbers of the type that the pickle has. `splits.json` lists the samples of each split.
Source of the form: PYSKL, tools/data/README.md.

Exit codes: 0 done, 1 the file or some samples cannot be converted (reason on stderr), 2 bad usage.
"""

import argparse
import io
import json
import math
import os
import re
import struct
import sys
import tempfile
import typing
import zipfile

from restricted_pickle import Dictionary, Refused, Rules, load_pickle, shown

MAX_OPCODES = 32 * 10**6  # of a pickle; a sample has about 90
MAX_DIMENSIONS = 32  # NumPy's own limit for long
MAX_ELEMENTS = 2**34  # of an array
MAX_NAME = 150  # characters of a file's name, less its ending
SAVE_ARRAYS = "save plain arrays of numbers (x.astype('float32')) and convert that"
WIDTHS = {"f2": 2, "f4": 4, "f8": 8, "i1": 1, "i2": 2, "i4": 4, "i8": 8, "u1": 1, "u2": 2, "u4": 4, "u8": 8, "b1": 1}
NUMBERS = {"f2": "e", "f4": "f", "f8": "d", "i1": "b", "i2": "h", "i4": "i", "i8": "q", "u1": "B", "u2": "H", "u4": "I"}
NUMBERS |= {"u8": "Q", "b1": "?"}


class Type:
    """Stands for numpy.dtype."""

    __slots__ = ("code", "order")

    def __init__(self, code, align=False, copy=False):
        text = isinstance(code, str) and re.fullmatch(r"U\d{1,6}", code)
        if not text and (not isinstance(code, str) or code not in WIDTHS):
            raise Refused(f"the pickle has an array of type {shown(code)}, expected numbers", SAVE_ARRAYS)
        self.code, self.order = code, "<"

    @property
    def width(self):
        return WIDTHS.get(self.code) or 4 * int(self.code[1:])


class Array:
    """Stands for numpy.ndarray: its elements as they lie in the file."""

    __slots__ = ("type", "shape", "fortran", "data")

    def __init__(self):
        self.type, self.shape, self.fortran, self.data = None, (), False, b""

    def fill(self, shape, kind, fortran, data):
        if not isinstance(kind, Type) or isinstance(data, list):
            raise Refused("the pickle has an array of objects", SAVE_ARRAYS)
        if type(shape) is not tuple or len(shape) > MAX_DIMENSIONS or any(type(n) is not int or n < 0 for n in shape):
            raise Refused(f"an array has the shape {shown(str(shape))}, expected whole numbers")
        count = math.prod(shape)
        if count > MAX_ELEMENTS or not isinstance(data, (bytes, bytearray)) or len(data) != count * kind.width:
            raise Refused(f"an array of shape {list(shape)} does not have the bytes that its type {kind.code} needs")
        self.type, self.shape, self.fortran, self.data = kind, shape, bool(fortran), data
        return self


class Kind(typing.NamedTuple):
    """Stands for a class that is named but never called."""

    name: str


NDARRAY = Kind("numpy.ndarray")


def reconstructed(kind, shape, code):
    if kind is not NDARRAY:
        raise Refused("the pickle makes an array of another kind than numpy.ndarray", SAVE_ARRAYS)
    return Array()


def from_buffer(data, kind, shape, order):
    return Array().fill(shape, kind, order == "F", data)


def scalar(kind, data):
    value = Array().fill((), kind, False, data)
    order = ">" if kind.order == ">" else "<"
    if kind.code[0] == "U":
        return bytes(value.data).decode("utf-32-be" if order == ">" else "utf-32-le").rstrip("\0")
    return struct.unpack(order + NUMBERS[kind.code], value.data)[0]


def encoded(text, encoding):
    """How protocol 2 spells bytes."""
    if encoding != "latin1" or not isinstance(text, str):
        raise Refused(f"the pickle spells bytes in the encoding {shown(encoding)}, expected latin1")
    return text.encode("latin1")


def built(target, state):
    if isinstance(target, Type) and type(state) is tuple and len(state) >= 5:
        if state[1] not in ("<", ">", "=", "|") or any(part is not None for part in state[2:5]):
            raise Refused("the pickle has a structured array", SAVE_ARRAYS)
        target.order = state[1]
        return target
    if isinstance(target, Array) and type(state) is tuple and len(state) == 5:
        return target.fill(*state[1:])
    raise Refused(f"the pickle sets attributes of {shown(target)}, which annotations do not", SAVE_ARRAYS)


def no_reference(pid):
    raise Refused("the pickle has an external reference", SAVE_ARRAYS)


ADMITTED = {"collections.OrderedDict": Dictionary, "_codecs.encode": encoded}
ADMITTED |= {"numpy.ndarray": NDARRAY, "numpy.dtype": Type}
for core in ("numpy.core", "numpy._core"):  # NumPy 1 and 2
    ADMITTED[f"{core}.multiarray._reconstruct"] = reconstructed
    ADMITTED[f"{core}.multiarray.scalar"] = scalar
    ADMITTED[f"{core}.numeric._frombuffer"] = from_buffer


def read_annotations(path):
    """(samples, splits by name) of a file. Raises Refused whatever the file holds; OSError from opening."""
    content = "array, number, string or container"
    rules = Rules("pickle", content, SAVE_ARRAYS, ADMITTED, built, no_reference, MAX_OPCODES)
    with open(path, "rb") as stream:
        try:
            loaded = load_pickle(stream, rules)
        except Refused:
            raise
        except MemoryError:
            raise Refused("damaged, or too large for the memory of this machine") from None
        except Exception as error:  # a damaged file can raise nearly anything
            raise Refused(f"damaged pickle: {type(error).__name__}: {shown(str(error))}") from None
    samples, splits = loaded, Dictionary()
    if isinstance(loaded, Dictionary):
        samples, splits = loaded.get("annotations"), loaded.get("split") or splits
    if not isinstance(samples, list) or not isinstance(splits, Dictionary):
        raise Refused("no annotations in it", "expected a dictionary with annotations and split, or a list of samples")
    if not samples:
        raise Refused("its list of annotations is empty")
    names = {}
    for split, members in splits.pairs:
        if isinstance(split, str) and isinstance(members, list):
            names[split] = [member for member in members if isinstance(member, str)]
    return samples, names


def npy(kind, shape, fortran, data):
    """The .npy form, version 1, of an array."""
    shape = f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"
    header = f"{{'descr': '{kind}', 'fortran_order': {fortran}, 'shape': {shape}, }}".encode()
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    return b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header + bytes(data)


def npy_array(array):
    order = "|" if array.type.width == 1 else ">" if array.type.order == ">" else "<"
    return npy(order + array.type.code, array.shape, array.fortran, array.data)


def npy_text(text):
    points = text.encode("utf-32-le", "replace") or b"\0\0\0\0"
    return npy(f"<U{len(points) // 4}", (), False, points)


def npy_numbers(code, values, shape):
    return npy("<" + code, shape, False, struct.pack(f"<{len(values)}{NUMBERS[code]}", *values))


def members_of(sample, layout, fps):
    """The arrays of one sample, as .npy files by name. Raises Refused."""
    if not isinstance(sample, Dictionary):
        raise Refused(f"a sample is {shown(sample)}", "expected a dictionary")
    keypoint, score = sample.get("keypoint"), sample.get("keypoint_score")
    if not isinstance(keypoint, Array) or len(keypoint.shape) != 4 or keypoint.shape[3] not in (2, 3):
        found = list(keypoint.shape) if isinstance(keypoint, Array) else shown(keypoint)
        raise Refused(f"keypoint is {found}", "expected an array [persons, frames, joints, 2 or 3]")
    members = {"keypoint": npy_array(keypoint), "layout": npy_text(layout)}
    if score is not None:
        if not isinstance(score, Array) or score.shape != keypoint.shape[:3]:
            found = list(score.shape) if isinstance(score, Array) else shown(score)
            raise Refused(f"keypoint_score is {found}", f"expected an array {list(keypoint.shape[:3])}")
        members["keypoint_score"] = npy_array(score)
    if isinstance(sample.get("frame_dir"), str):
        members["frame_dir"] = npy_text(sample.get("frame_dir"))
    label = sample.get("label")
    if type(label) is int and 0 <= label < 2**31:
        members["label"] = npy_numbers("i8", [label], ())
    size = sample.get("img_shape")
    if type(size) in (tuple, list) and len(size) == 2 and all(type(n) is int and 0 < n < 2**31 for n in size):
        members["img_shape"] = npy_numbers("i8", size, (2,))
    if fps is not None:
        members["fps"] = npy_numbers("f8", [fps], ())
    return members


def write_atomically(path, content):
    """Writes beside the target and takes its place when complete."""
    descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".part-")
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def packed(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name + ".npy"), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def file_stem(frame_dir, index, taken):
    """A name for a sample's file: letters, digits, dots, dashes; never a path, never one that is taken."""
    wanted = frame_dir if isinstance(frame_dir, str) else ""
    stem = re.sub(r"[^A-Za-z0-9._-]", "_", wanted)[:MAX_NAME].lstrip(".-") or f"sample_{index:06d}"
    unique, count = stem, 1
    while unique.lower() in taken:
        count += 1
        unique = f"{stem}_{count}"
    taken.add(unique.lower())
    return unique


def convert(source, folder, layout, fps=None, only=None, limit=None, report=lambda text: None):
    """Converts one file. Returns (samples written, samples refused). Raises Refused or OSError."""
    samples, splits = read_annotations(source)
    if only is not None and only not in splits:
        raise Refused(f"no split {shown(only)} in it", f"known: {', '.join(sorted(splits)) or 'none'}")
    wanted = None if only is None else set(splits[only])
    os.makedirs(folder, exist_ok=True)
    taken, stems, written, refused = set(), {}, 0, 0
    for index, sample in enumerate(samples):
        name = sample.get("frame_dir") if isinstance(sample, Dictionary) else None
        if wanted is not None and not (isinstance(name, str) and name in wanted):
            continue
        if limit is not None and written == limit:
            break
        try:
            content = packed(members_of(sample, layout, fps))
        except Refused as reason:
            report(f"sample {index} ({shown(name)}): {reason}")
            refused += 1
            continue
        stem = file_stem(name, index, taken)
        write_atomically(os.path.join(os.path.abspath(folder), stem + ".npz"), content)
        written += 1
        if isinstance(name, str):
            stems[name] = stem
    kept = {split: [stems[name] for name in names if name in stems] for split, names in splits.items()}
    text = json.dumps(kept, indent=1, ensure_ascii=True) + "\n"
    write_atomically(os.path.join(os.path.abspath(folder), "splits.json"), text.encode())
    return written, refused


def frame_rate(text):
    value = float(text)
    if not 0 < value <= 1000:
        raise argparse.ArgumentTypeError(f"found {text}, expected more than 0 and at most 1000")
    return value


def count(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"found {text}, expected a whole number from 1")
    return value


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Converts annotations of PYSKL into one .npz file a sample.")
    parser.add_argument("input", metavar="IN.pkl")
    parser.add_argument("output", metavar="OUT_FOLDER")
    parser.add_argument("--layout", metavar="ID", required=True, help="joint layout: ntu25, coco17, ...")
    parser.add_argument("--fps", type=frame_rate, help="frames per second, to be written into each file")
    parser.add_argument("--only", metavar="SPLIT", help="the samples of one split alone: xsub_val, ...")
    parser.add_argument("--limit", metavar="N", type=count, help="at most so many samples")
    options = parser.parse_args(arguments)
    report = lambda text: print(f"error: {options.input}: {text}", file=sys.stderr)  # noqa: E731
    try:
        written, refused = convert(
            options.input, options.output, options.layout, options.fps, options.only, options.limit, report
        )
    except Refused as reason:
        report(reason)
        return 1
    except OSError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"{options.output}: {written} samples, {refused} refused", file=sys.stderr)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
