#!/usr/bin/env python3
"""Finds a person's pose in pictures with MediaPipe, for Purlscope's camera and video sources.

    pose_sidecar.py --parts FOLDER [--parts FOLDER...]

The program starts it and feeds it; nobody needs to run it by hand. It needs no network and never asks for one.

In (standard input), one picture after another, little-endian, until the input closes:
    4 bytes "PSF1", u32 width, u32 height, u64 number, then width * height * 3 bytes, red green blue, by rows
Out (standard output), one line of JSON each:
    {"ready": true}                                                       once, before the first picture is read
    {"frame": number, "width": w, "height": h, "world": W, "image": I}    W: 33 x [x, y, z] metres about the middle of
        the hips, x to the picture's right, y down, z away from the camera; I: 33 x [x, y, z, visibility], x and y as
        shares of the picture's width and height; both null where nobody was found
    {"frame": number, "error": "..."}                                     this picture failed, the next may not
    {"error": "...", "fatal": true}                                       it cannot work; it ends with code 3
"""

import argparse
import json
import os
import struct
import sys
import types
from pathlib import Path

HEADER = struct.Struct("<4sIIQ")
MAGIC = b"PSF1"
LARGEST_SIDE = 8192  # pixels
REMEDY = "run ./run.sh --with-camera"


class Fatal(Exception):
    """What no restart mends."""


def private_output():
    """Our lines alone: whatever a library prints goes to standard error."""
    lines = os.fdopen(os.dup(1), "w", encoding="ascii", buffering=1)
    os.dup2(2, 1)
    return lines


def say(lines, **message):
    lines.write(json.dumps(message, separators=(",", ":"), allow_nan=False) + "\n")
    lines.flush()


def find_part(folders):
    """The folder into which run.sh unpacked MediaPipe for this Python."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    tried = [Path(folder) / f"camera-{version}" for folder in dict.fromkeys(folders)]
    for folder in tried:
        if (folder / "mediapipe").is_dir():
            return folder
    places = ", ".join(str(folder) for folder in tried) or "no folder"
    raise Fatal(f"MediaPipe is not installed for Python {version} (looked in {places}); {REMEDY}")


def load_pose(folder):
    """MediaPipe's module `pose`, without the libraries with which MediaPipe only draws."""
    sys.path.insert(0, str(folder))
    for name in ("cv2", "matplotlib", "matplotlib.pyplot"):
        sys.modules[name] = types.ModuleType(name)
    sys.modules["matplotlib"].pyplot = sys.modules["matplotlib.pyplot"]
    try:
        import numpy
        from mediapipe.python.solutions import pose
    except Exception as error:  # a damaged part may fail in any way
        raise Fatal(f"{folder} cannot be loaded ({type(error).__name__}: {error}); remove it and {REMEDY}") from error
    return numpy, pose


def read_exactly(stream, count):
    """Empty at the end of the input."""
    data = stream.read(count)
    return data if data is not None and len(data) == count else b""


def pictures(stream, numpy):
    """(number, [height, width, 3] array) until the input closes."""
    while header := read_exactly(stream, HEADER.size):
        magic, width, height, number = HEADER.unpack(header)
        if magic != MAGIC or not 0 < width <= LARGEST_SIDE or not 0 < height <= LARGEST_SIDE:
            raise Fatal(f"expected a picture, found {header.hex()}")
        data = read_exactly(stream, width * height * 3)
        if not data:
            return
        yield number, numpy.frombuffer(data, numpy.uint8).reshape(height, width, 3)


def answer(number, picture, found):
    world = image = None
    if found.pose_landmarks is not None and found.pose_world_landmarks is not None:
        world = [[round(v, 5) for v in (p.x, p.y, p.z)] for p in found.pose_world_landmarks.landmark]
        image = [[round(v, 5) for v in (p.x, p.y, p.z, p.visibility)] for p in found.pose_landmarks.landmark]
    height, width, _ = picture.shape
    return {"frame": number, "width": width, "height": height, "world": world, "image": image}


def run(folders, lines):
    folder = find_part(folders)
    numpy, pose = load_pose(folder)
    # Complexity 1: the one model that the wheel carries; the others would be fetched from the network.
    with pose.Pose(model_complexity=1, static_image_mode=False) as finder:
        say(lines, ready=True)
        for number, picture in pictures(sys.stdin.buffer, numpy):
            try:
                say(lines, **answer(number, picture, finder.process(picture)))
            except (ValueError, RuntimeError) as error:
                say(lines, frame=number, error=str(error))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", action="append", default=[], metavar="FOLDER", help="where run.sh puts its parts")
    options = parser.parse_args()
    lines = private_output()
    try:
        run(options.parts, lines)
    except Fatal as error:
        say(lines, error=str(error), fatal=True)
        return 3
    except (KeyboardInterrupt, BrokenPipeError):
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
