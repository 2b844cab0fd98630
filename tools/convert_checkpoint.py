#!/usr/bin/env python3
"""Converts a PyTorch checkpoint (.pt, .pth) into safetensors without running anything that the checkpoint contains.

Reads with torch_checkpoint.py and restricted_pickle.py, which lie beside it. Needs Python 3.9 or later and its
standard library.

    convert_checkpoint.py IN.pt OUT.safetensors [--classes FILE] [--source TEXT] [--licence TEXT]

Exit codes: 0 done, 1 the file cannot be converted (reason on stderr), 2 bad usage.
"""

import argparse
import json
import os
import struct
import sys
import tempfile

from torch_checkpoint import Refused, read_checkpoint


def architecture(tensors):
    """The network that the names of the tensors belong to."""
    shift = ("l1.gcn1.Feature_Mask", "l10.gcn1.Linear_weight", "l10.tcn1.shift_out.ypos", "fc.weight", "data_bn.weight")
    if all(name in tensors for name in shift):
        return "shift-gcn"
    return "unknown"


def read_classes(path, tensors):
    try:
        with open(path, encoding="utf-8") as file:
            names = [line.strip() for line in file if line.strip()]
    except UnicodeDecodeError as error:
        raise Refused(f"{path}: {error}", "save the class names as UTF-8") from None
    expected = tensors["fc.weight"].shape[0] if "fc.weight" in tensors and tensors["fc.weight"].shape else None
    if expected is not None and len(names) != expected:
        found = f"{path}: {len(names)} class names, but the classifier has {expected} classes"
        raise Refused(found, "give one name a line for each class")
    return names


def write_safetensors(path, tensors, data, metadata):
    """Writes beside the target and takes its place when complete."""
    order = sorted(tensors, key=lambda name: (-tensors[name].storage.kind.element, name))
    header, position = {"__metadata__": metadata}, 0
    for name in order:
        tensor = tensors[name]
        header[name] = {
            "dtype": tensor.storage.kind.dtype,
            "shape": list(tensor.shape),
            "data_offsets": [position, position + tensor.size],
        }
        position += tensor.size
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")
    text += b" " * (-len(text) % 8)
    folder = os.path.dirname(os.path.abspath(path))
    descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=os.path.basename(path) + ".part-")
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(struct.pack("<Q", len(text)))
            out.write(text)
            for name in order:
                out.write(tensors[name].dense(data[tensors[name].storage.key]))
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def convert(source, target, classes=None, origin=None, licence=None):
    """Converts one file. Returns the metadata written. Raises Refused or OSError."""
    tensors, data = read_checkpoint(source)
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
    except OSError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"{options.output}: architecture {metadata['architecture']}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
