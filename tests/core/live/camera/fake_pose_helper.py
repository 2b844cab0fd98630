#!/usr/bin/env python3
"""Stands in for tools/pose_sidecar.py: the same protocol, a person who stands still, and one fault.

    fake_pose_helper.py FAULT

none                     answers every picture
crash-each-life          dies after three answers
crash-at-4               dies whenever picture 4 comes
stall-each-life          stays silent after three answers, and stays when its input closes
garbage-each-life        writes a line that is none after three answers
endless-line             writes a line that never ends
wrong-number             answers a picture that it was not given
picture-fails            says of picture 2 that it failed
not-installed            says that it cannot work
dies-at-once             ends before it is ready
never-ready              neither reads nor answers
nobody                   finds nobody in any picture
"""

import json
import os
import signal
import struct
import sys
import time

HEADER = struct.Struct("<4sIIQ")
# Middle of the body, shoulders, hips, knees, ankles; all others at the middle.
PLACES = {11: (0.18, -0.5), 12: (-0.18, -0.5), 23: (0.1, 0.0), 24: (-0.1, 0.0), 25: (0.1, 0.42), 26: (-0.1, 0.42),
          27: (0.1, 0.85), 28: (-0.1, 0.85)}  # fmt: skip


def say(**message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def answer(number, width, height):
    world = [[*PLACES.get(j, (0.0, 0.0)), 0.0] for j in range(33)]
    image = [[0.5 + x / 4, 0.5 + y / 4 * width / height, z, 0.99] for x, y, z in world]
    say(frame=number, width=width, height=height, world=world, image=image)


def stay():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(1)


fault = sys.argv[1]
if fault == "not-installed":
    say(error="MediaPipe is not installed here", fatal=True)
    sys.exit(3)
if fault == "dies-at-once":
    sys.exit("no such library")
if fault == "never-ready":
    stay()
if fault == "endless-line":
    while True:
        sys.stdout.write("x" * 10000)
say(ready=True)
answers = 0
while header := sys.stdin.buffer.read(HEADER.size):
    magic, width, height, number = HEADER.unpack(header)
    pixels = sys.stdin.buffer.read(width * height * 3)
    if magic != b"PSF1" or len(pixels) != width * height * 3 or pixels != bytes([number % 256]) * len(pixels):
        sys.exit(f"a damaged picture {number}")
    if answers == 3 and fault == "crash-each-life" or number == 4 and fault == "crash-at-4":
        print("boom", file=sys.stderr, flush=True)
        os.kill(os.getpid(), signal.SIGSEGV)
    if answers == 3 and fault == "stall-each-life":
        stay()
    if answers == 3 and fault == "garbage-each-life":
        sys.stdout.write("\0\xff{]\n")
        sys.stdout.flush()
    if number == 2 and fault == "picture-fails":
        say(frame=number, error="strange picture")
    elif fault == "nobody":
        say(frame=number, width=width, height=height, world=None, image=None)
    else:
        answer(number + (100 if fault == "wrong-number" else 0), width, height)
    answers += 1
