#!/usr/bin/env python3
"""Somebody who waves, sent in the VMC protocol by the library python-osc.

    vmc_sender.py PEERS PORT [SECONDS]

PEERS: the folder of the library. A pose goes out in several packets, as motion capture programs send it: the root and
the trunk by themselves, each limb as a bundle, then the time. Unity's axes: x right of the viewer, y up, z forward.
"""

import math
import sys
import time

sys.path.insert(0, sys.argv[1])
from pythonosc.osc_bundle_builder import IMMEDIATELY, OscBundleBuilder  # noqa: E402
from pythonosc.osc_message_builder import OscMessageBuilder  # noqa: E402
from pythonosc.udp_client import SimpleUDPClient  # noqa: E402

FPS = 60.0
REST = (0.0, 0.0, 0.0, 1.0)
TRUNK = {"Hips": (0, 0.95, 0), "Spine": (0, 0.1, 0), "Chest": (0, 0.15, 0), "Neck": (0, 0.25, 0), "Head": (0, 0.1, 0)}
LIMBS = [
    {"LeftShoulder": (-0.05, 0.2, 0), "LeftUpperArm": (-0.13, 0, 0), "LeftLowerArm": (-0.28, 0, 0),
     "LeftHand": (-0.25, 0, 0)},
    {"RightShoulder": (0.05, 0.2, 0), "RightUpperArm": (0.13, 0, 0), "RightLowerArm": (0.28, 0, 0),
     "RightHand": (0.25, 0, 0)},
    {"LeftUpperLeg": (-0.1, -0.05, 0), "LeftLowerLeg": (0, -0.42, 0), "LeftFoot": (0, -0.42, 0),
     "LeftToes": (0, -0.05, 0.12)},
    {"RightUpperLeg": (0.1, -0.05, 0), "RightLowerLeg": (0, -0.42, 0), "RightFoot": (0, -0.42, 0),
     "RightToes": (0, -0.05, 0.12)},
]  # fmt: skip


def turned(bone, seconds):
    """The arms hang down; the right forearm waves above the head."""
    if bone == "LeftUpperArm":
        half = math.radians(75) / 2
        return (0.0, 0.0, math.sin(half), math.cos(half))
    if bone == "RightUpperArm":
        half = math.radians(40) / 2
        return (0.0, 0.0, math.sin(half), math.cos(half))
    if bone == "RightLowerArm":
        half = math.radians(40 + 35 * math.sin(8 * seconds)) / 2
        return (0.0, 0.0, math.sin(half), math.cos(half))
    return REST


def message(address, *values):
    builder = OscMessageBuilder(address)
    for value in values:
        builder.add_arg(value, OscMessageBuilder.ARG_TYPE_STRING if isinstance(value, str) else None)
    return builder.build()


def bone(name, place, seconds):
    return message("/VMC/Ext/Bone/Pos", name, *(float(v) for v in place), *turned(name, seconds))


def main():
    client = SimpleUDPClient("127.0.0.1", int(sys.argv[2]))
    longest = float(sys.argv[3]) if len(sys.argv) > 3 else math.inf
    start = time.monotonic()
    frame = 0
    while (seconds := frame / FPS) <= longest:
        time.sleep(max(0.0, start + seconds - time.monotonic()))
        client.send(message("/VMC/Ext/OK", 1))
        client.send(message("/VMC/Ext/Root/Pos", "root", 0.0, 0.0, 0.0, *REST))
        for name, place in TRUNK.items():
            client.send(bone(name, place, seconds))
        for limb in LIMBS:
            bundle = OscBundleBuilder(IMMEDIATELY)
            for name, place in limb.items():
                bundle.add_content(bone(name, place, seconds))
            client.send(bundle.build())
        client.send(message("/VMC/Ext/Blend/Val", "Joy", 0.5))
        client.send(message("/VMC/Ext/T", seconds))
        frame += 1


if __name__ == "__main__":
    main()
