#!/usr/bin/env python3
"""Sends skeletons to Purlscope as SkeletonStream version 1 (docs/user/skeleton-stream.md).

    send_skeletons.py udp://127.0.0.1:5005 walk                 a made-up person who walks
    send_skeletons.py ws://127.0.0.1:5006 throw.skeleton        a recording of NTU RGB+D
    send_skeletons.py udp://127.0.0.1:5005 clip.npz --loop      an archive of Purlscope (needs numpy)
    send_skeletons.py udp://127.0.0.1:5005 camera:0             a camera or a video (camera:FILE); needs OpenCV for
                                                                Python and what ./run.sh --with-camera installs

At the other end: `purlscope watch udp://127.0.0.1:5005 --labels "walk, throw"`. Standard library only, but for .npz and cameras.
"""

import argparse
import base64
import hashlib
import itertools
import json
import math
import os
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

FPS = 30.0

# A standing person in the order of layout ntu25 (metres, y up, facing the camera).
STANDING = [
    (0, 0.95, 0), (0, 1.2, 0), (0, 1.5, 0), (0, 1.65, 0),
    (-0.18, 1.4, 0), (-0.2, 1.12, 0), (-0.2, 0.87, 0), (-0.2, 0.79, 0),
    (0.18, 1.4, 0), (0.2, 1.12, 0), (0.2, 0.87, 0), (0.2, 0.79, 0),
    (-0.1, 0.92, 0), (-0.1, 0.5, 0), (-0.1, 0.08, 0), (-0.1, 0.03, -0.12),
    (0.1, 0.92, 0), (0.1, 0.5, 0), (0.1, 0.08, 0), (0.1, 0.03, -0.12),
    (0, 1.42, 0), (-0.2, 0.71, 0), (-0.17, 0.77, 0), (0.2, 0.71, 0), (0.17, 0.77, 0),
]  # fmt: skip
# Joint a chain turns about, its joints, and the sign of its swing: left and right, arm and leg go against each other.
SWINGING = [(4, (5, 6, 7, 21, 22), 1), (8, (9, 10, 11, 23, 24), -1), (12, (13, 14, 15), -1), (16, (17, 18, 19), 1)]


def message(layout, seconds, persons, up="y"):
    """A message of version 1; persons: {id: [[x, y, z] or [x, y, z, confidence] or None, ...]}."""
    return {"skeleton_stream": 1, "layout": layout, "unit": "m", "up": up, "time": seconds,
            "persons": [{"id": key, "joints": joints} for key, joints in persons.items()]}  # fmt: skip


def walk():
    """Somebody who walks on the spot, three metres away, without end."""
    for frame in itertools.count():
        swing = 0.5 * math.sin(2 * math.pi * frame / FPS)
        joints = [list(joint) for joint in STANDING]
        for pivot, chain, sign in SWINGING:
            for joint in chain:
                drop = STANDING[pivot][1] - STANDING[joint][1]
                joints[joint][1] = STANDING[pivot][1] - drop * math.cos(sign * swing)
                joints[joint][2] += drop * math.sin(sign * swing)
        yield "ntu25", {"walker": [[round(x, 4), round(y, 4), round(z + 3.0, 4)] for x, y, z in joints]}


def ntu_skeleton(file):
    """The frames of an NTU RGB+D .skeleton file. Tracking state 1 (inferred) is sent as confidence 0.2."""
    tokens = iter(Path(file).read_text().split())
    for _ in range(int(next(tokens))):
        persons = {}
        for _ in range(int(next(tokens))):
            body = [next(tokens) for _ in range(10)]
            joints = []
            for _ in range(int(next(tokens))):
                row = [float(next(tokens)) for _ in range(12)]
                joints.append([*row[:3], {2: 1.0, 1: 0.2}.get(int(row[11]), 0.0)])
            persons[body[0]] = joints
        yield "ntu25", persons


def npz(file):
    """The frames of an archive written by `purlscope convert`: joints [M, T, J, 3], layout, and the states if there."""
    import numpy

    with numpy.load(file, allow_pickle=False) as archive:
        joints = archive["joints"]
        if joints.ndim != 4 or joints.shape[3] != 3:
            raise ValueError(f"{file}: joints has the shape {joints.shape}, expected [persons, frames, joints, 3]")
        layout = str(archive["layout"].ravel()[0])
        if layout == "own":
            layout = {"joints": archive["joint_names"].tolist(), "parent": archive["parents"].tolist()}
        state = archive["state"] if "state" in archive else numpy.zeros(joints.shape[:3])
    confidence = numpy.choose(state.astype(int), [1.0, 0.2, 0.0])
    for frame in range(joints.shape[1]):
        rows = numpy.concatenate([joints[:, frame], confidence[:, frame, :, None]], axis=2)
        seen = [person for person in range(len(rows)) if confidence[person, frame].any()]
        yield layout, {str(person): rows[person].tolist() for person in seen}


class Camera:
    """A camera or a video, one person, by the pose network of Purlscope's own camera source (tools/pose_sidecar.py)."""

    def __init__(self, device, helper):
        try:
            import cv2
        except ImportError:
            raise SystemExit("a camera needs OpenCV for Python: apt install python3-opencv") from None
        self.cv2 = cv2
        self.capture = cv2.VideoCapture(int(device) if device.isdigit() else device)
        if not self.capture.isOpened():
            raise SystemExit(f"camera:{device} cannot be opened")
        self.helper = subprocess.Popen(helper, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.answer()  # ready, or why not

    def answer(self):
        line = self.helper.stdout.readline()
        answer = json.loads(line) if line else {"error": "the pose network has ended"}
        if "error" in answer:
            raise SystemExit(f"camera: {answer['error']}")
        return answer

    def messages(self):
        """Of each picture, with the time at which it was taken. Nobody in view is a message as well."""
        start = time.monotonic()
        number = 0
        while True:
            good, picture = self.capture.read()
            if not good:
                return
            taken = time.monotonic() - start
            height, width = picture.shape[:2]
            rgb = self.cv2.cvtColor(picture, self.cv2.COLOR_BGR2RGB)
            self.helper.stdin.write(struct.pack("<4sIIQ", b"PSF1", width, height, number) + rgb.tobytes())
            self.helper.stdin.flush()
            found = self.answer()
            persons = {}
            if found["world"]:  # metres about the hips, y down, as the picture has it
                persons["1"] = [[*place, min(1.0, seen[3])] for place, seen in zip(found["world"], found["image"])]
            yield message("mediapipe33", taken, persons, up="-y")
            number += 1


def pose_helper():
    """The command of the pose network, as Purlscope starts it."""
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    parts = os.environ.get("PURLSCOPE_DEPS") or data / "purlscope" / "deps"
    return [sys.executable, str(Path(__file__).with_name("pose_sidecar.py")), "--parts", str(parts)]


def frames_of(source):
    """A function that starts the frames anew."""
    if source == "walk":
        return walk
    reader = {".skeleton": ntu_skeleton, ".npz": npz}.get(Path(source).suffix)
    if reader is None:
        raise SystemExit(f"{source}: expected walk, a .skeleton or an .npz file, or camera:0")
    return lambda: reader(source)


def paced(frames, fps, loop):
    """Messages of frames, each when it is due."""
    start = time.monotonic()
    rounds = itertools.count() if loop else range(1)
    for number, (layout, persons) in enumerate(itertools.chain.from_iterable(frames() for _ in rounds)):
        due = number / fps
        time.sleep(max(0.0, start + due - time.monotonic()))
        yield message(layout, due, persons)


class Udp:
    """One datagram a message."""

    def __init__(self, host, port):
        self.socket = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
        self.place = (host, port)

    def send(self, text):
        self.socket.sendto(text.encode(), self.place)

    def close(self):
        self.socket.close()


class WebSocket:
    """The client's half of RFC 6455 that sending needs."""

    GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port), timeout=5)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET / HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        answer = b""
        while b"\r\n\r\n" not in answer:
            piece = self.socket.recv(4096)
            if not piece:
                raise ConnectionError("the server closed the connection during the handshake")
            answer += piece
        accept = base64.b64encode(hashlib.sha1((key + self.GUID).encode()).digest())
        if b" 101 " not in answer.split(b"\r\n")[0] or accept not in answer:
            raise ConnectionError(f"no WebSocket there: {answer.splitlines()[0].decode(errors='replace')}")

    def frame(self, opcode, payload):
        """A final, masked frame."""
        length = len(payload)
        if length < 126:
            head = bytes([0x80 | opcode, 0x80 | length])
        elif length < 65536:
            head = bytes([0x80 | opcode, 0x80 | 126]) + length.to_bytes(2, "big")
        else:
            head = bytes([0x80 | opcode, 0x80 | 127]) + length.to_bytes(8, "big")
        mask = os.urandom(4)
        return head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))

    def send(self, text):
        self.socket.sendall(self.frame(1, text.encode()))

    def close(self):
        try:
            self.socket.sendall(self.frame(8, (1000).to_bytes(2, "big")))
        finally:
            self.socket.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("to", help="udp://HOST:PORT or ws://HOST:PORT")
    parser.add_argument("source", nargs="?", default="walk", help="walk, FILE.skeleton, FILE.npz or camera:0")
    parser.add_argument("--fps", type=float, default=FPS, help="frames a second (30)")
    parser.add_argument("--loop", action="store_true", help="start again at the end of the file")
    parser.add_argument("--seconds", type=float, default=math.inf, help="stop after so long")
    options = parser.parse_args()
    place = urlsplit(options.to)
    kinds = {"udp": Udp, "ws": WebSocket}
    if place.scheme not in kinds or not place.hostname or not place.port:
        parser.error(f"'{options.to}': expected udp://HOST:PORT or ws://HOST:PORT")
    if options.source.startswith("camera:"):
        messages = Camera(options.source.removeprefix("camera:"), pose_helper()).messages()
    else:
        messages = paced(frames_of(options.source), options.fps, options.loop)
    link = kinds[place.scheme](place.hostname, place.port)
    sent = 0
    try:
        for one in messages:
            if one["time"] > options.seconds:
                break
            link.send(json.dumps(one, separators=(",", ":")))
            sent += 1
    except KeyboardInterrupt:
        pass
    finally:
        link.close()
    print(f"{sent} frames sent", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except (OSError, ValueError, StopIteration) as error:
        sys.exit(f"send_skeletons: {error}")
