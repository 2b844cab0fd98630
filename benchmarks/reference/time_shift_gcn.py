#!/usr/bin/env python3
"""Runs Shift-GCN in plain PyTorch on one input and times it.

    time_shift_gcn.py WEIGHTS.safetensors INPUT.npz [--threads N] [--repeat N] [--logits OUT.npy]
                      [--device cuda] [--batch N] [--compile]

WEIGHTS is a checkpoint converted by tools/convert_checkpoint.py; INPUT holds `input`, float32 [3, T, J, 2]. Prints one
JSON document. With --serve it waits for lines on standard input instead, and answers each with one timed run:
`{"ms": ..., "logits": [...]}`; `purlscope bench --reference PYTHON` does so, to run ours and this in turn.

A time is that of a pass from the processor's memory to logits in it, divided by the windows of the batch. On a GPU all
is in single precision, as ours.
"""

import argparse
import json
import statistics
import struct
import sys
import time

import numpy
import torch

from shift_gcn import ShiftGcn

WARM_UP = 2
KINDS = {"F32": numpy.float32, "F16": numpy.float16, "F64": numpy.float64, "I64": numpy.int64}


def read_safetensors(path):
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
        body = file.read()
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = numpy.frombuffer(body[begin:end], KINDS[entry["dtype"]]).reshape(entry["shape"])
        tensors[name] = torch.from_numpy(values.copy())
    return tensors


def load(path):
    tensors = read_safetensors(path)
    joints = tensors["l1.gcn1.Feature_Mask"].shape[1]
    network = ShiftGcn(tensors["fc.bias"].shape[0], joints)
    expected = network.state_dict()
    # Shifts over joints that the network does not learn are no part of the model; what it cannot use is left out.
    known = {name: tensors[name].view(expected[name].shape) for name in expected if name in tensors}
    network.load_state_dict({**expected, **known})
    missing = [name for name in expected if name not in tensors and not name.endswith(("shift_in", "shift_out"))
               and not name.endswith("num_batches_tracked")]
    if missing:
        sys.exit(f"{path}: no tensor {missing[0]}; convert the checkpoint with tools/convert_checkpoint.py")
    return network.settle().eval()


def timed(network, clip):
    device = next(network.parameters()).device
    start = time.perf_counter()
    logits = network(clip.to(device, non_blocking=True)).cpu()
    return 1000 * (time.perf_counter() - start) / len(clip), logits[0]


def serve(network, clip):
    print(json.dumps({"torch": torch.__version__, "threads": torch.get_num_threads()}), flush=True)
    for _ in sys.stdin:
        ms, logits = timed(network, clip)
        print(json.dumps({"ms": ms, "logits": logits.tolist()}), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights")
    parser.add_argument("input")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=10)
    parser.add_argument("--logits", help="file to write the logits to")
    parser.add_argument("--device", default="cpu", help="cpu, cuda")
    parser.add_argument("--batch", type=int, default=1, help="the window so many times at once")
    parser.add_argument("--compile", action="store_true", help="by torch.compile")
    parser.add_argument("--serve", action="store_true", help="one run for each line of standard input")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.device != "cpu" and not torch.cuda.is_available():
        sys.exit(f"torch {torch.__version__} sees no GPU; --device {options.device} needs one")
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = False
    network = load(options.weights).to(options.device)
    if options.compile:
        network.compile()
    clip = torch.from_numpy(numpy.load(options.input)["input"]).unsqueeze(0).repeat(options.batch, 1, 1, 1, 1)
    if options.device != "cpu":
        clip = clip.pin_memory()
    with torch.inference_mode():
        for _ in range(WARM_UP):
            network(clip)
        if options.serve:
            return serve(network, clip)
        times, logits = zip(*(timed(network, clip) for _ in range(options.repeat)))
    if options.logits:
        numpy.save(options.logits, logits[0].numpy())
    print(json.dumps({"torch": torch.__version__, "threads": options.threads, "repeat": options.repeat,
                      "median_ms": statistics.median(times), "least_ms": min(times)}))


if __name__ == "__main__":
    main()
