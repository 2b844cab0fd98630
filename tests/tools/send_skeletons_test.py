#!/usr/bin/env python3
"""tools/send_skeletons.py as a program: what it sends is SkeletonStream version 1 (docs/user/skeleton-stream.md)."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

# Stands in for OpenCV: a video of three pictures of 4 x 2.
CV2 = """
COLOR_BGR2RGB = 4
class Picture:
    shape = (2, 4, 3)
    def tobytes(self):
        return bytes(24)
class VideoCapture:
    def __init__(self, place):
        self.left = 3 if place in (0, "walk.avi") else 0
    def isOpened(self):
        return self.left > 0
    def read(self):
        self.left -= 1
        return self.left >= 0, Picture()
def cvtColor(picture, code):
    return picture
"""

# Stands in for the pose network: somebody in all pictures but the second.
SIDECAR = """
import json, struct, sys
print(json.dumps({"ready": True}), flush=True)
while head := sys.stdin.buffer.read(20):
    magic, width, height, number = struct.unpack("<4sIIQ", head)
    assert magic == b"PSF1" and len(sys.stdin.buffer.read(3 * width * height)) == 24
    found = number != 1
    world = [[0.01 * j, -0.5, 0.1] for j in range(33)] if found else None
    image = [[0.5, 0.5, 0.0, 1.000001 if j else 0.2] for j in range(33)] if found else None
    print(json.dumps({"frame": number, "width": width, "height": height, "world": world, "image": image}), flush=True)
"""

ROOT = Path(__file__).resolve().parents[2]
SENDER = ROOT / "tools" / "send_skeletons.py"


class SendSkeletons(unittest.TestCase):
    def sent(self, *arguments, sender=SENDER, environment=None):
        """The messages that a run sends over UDP."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
            receiver.bind(("127.0.0.1", 0))
            receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
            receiver.settimeout(20)
            place = f"udp://127.0.0.1:{receiver.getsockname()[1]}"
            run = subprocess.run([sys.executable, sender, place, *arguments], capture_output=True, text=True, timeout=60,
                                 env=environment)  # fmt: skip
            self.assertEqual(run.returncode, 0, run.stderr)
            count = int(run.stderr.split()[0])
            return [json.loads(receiver.recv(65536)) for _ in range(count)]

    def check(self, message, layout, joints):
        self.assertEqual((message["skeleton_stream"], message["layout"]), (1, layout))
        for person in message["persons"]:
            self.assertEqual(len(person["joints"]), joints)
            for joint in person["joints"]:
                self.assertIn(len(joint), (3, 4))

    def test_a_walk_goes_on_for_the_time_asked_for(self):
        messages = self.sent("walk", "--fps", "50", "--seconds", "0.5")
        self.assertEqual(len(messages), 26)  # from 0 to 0.5 s
        for frame, message in enumerate(messages):
            self.check(message, "ntu25", 25)
            self.assertAlmostEqual(message["time"], frame / 50)
        ankle = [message["persons"][0]["joints"][14][2] for message in messages]
        self.assertGreater(max(ankle) - min(ankle), 0.3)  # it moves

    def test_a_recording_is_sent_as_it_is(self):
        clip = ROOT / "resources" / "clips" / "wave.skeleton"
        lines = clip.read_text().split("\n")
        messages = self.sent(str(clip), "--fps", "500")
        self.assertEqual(len(messages), int(lines[0]))
        self.check(messages[0], "ntu25", 25)
        self.assertEqual(messages[0]["persons"][0]["id"], lines[2].split()[0])
        self.assertEqual(messages[0]["persons"][0]["joints"][3][:3], [float(v) for v in lines[7].split()[:3]])

    def test_an_archive_of_ours_is_sent(self):
        try:
            import numpy
        except ImportError:
            self.skipTest("needs NumPy")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "a.npz"
            joints = numpy.arange(2 * 3 * 20 * 3, dtype="f4").reshape(2, 3, 20, 3)
            state = numpy.zeros((2, 3, 20), "u1")
            state[1, 0] = 2  # the second person comes later
            numpy.savez(file, joints=joints, state=state, layout=numpy.array("kinect20"))
            messages = self.sent(str(file), "--fps", "500")
        self.assertEqual([len(message["persons"]) for message in messages], [1, 2, 2])
        self.check(messages[1], "kinect20", 20)
        self.assertEqual(messages[1]["persons"][1]["joints"][0], [*joints[1, 1, 0].tolist(), 1.0])

    def test_a_camera_is_sent_as_the_pose_network_sees_it(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in (("cv2.py", CV2), ("pose_sidecar.py", SIDECAR), (SENDER.name, SENDER.read_text())):
                (Path(folder) / name).write_text(text)
            environment = {**os.environ, "PYTHONPATH": folder}
            for place in ("camera:0", "camera:walk.avi"):
                messages = self.sent(place, sender=Path(folder) / SENDER.name, environment=environment)
                self.assertEqual([len(message["persons"]) for message in messages], [1, 0, 1])
                self.check(messages[0], "mediapipe33", 33)
                self.assertEqual(messages[0]["up"], "-y")
                self.assertEqual(messages[0]["persons"][0]["joints"][:2], [[0.0, -0.5, 0.1, 0.2], [0.01, -0.5, 0.1, 1.0]])
                self.assertLess(messages[0]["time"], messages[2]["time"])
            run = subprocess.run([sys.executable, Path(folder) / SENDER.name, "udp://127.0.0.1:5", "camera:7"],
                                 capture_output=True, text=True, timeout=60, env=environment)  # fmt: skip
            self.assertNotEqual(run.returncode, 0)
            self.assertIn("camera:7 cannot be opened", run.stderr)

    def test_bad_usage_is_told(self):
        for arguments in (["udp://127.0.0.1", "walk"], ["tcp://127.0.0.1:5"], ["udp://127.0.0.1:5", "song.mp3"],
                          ["udp://127.0.0.1:5", "/nowhere/a.skeleton"]):  # fmt: skip
            run = subprocess.run([sys.executable, SENDER, *arguments], capture_output=True, text=True, timeout=60)
            self.assertNotEqual(run.returncode, 0, arguments)
            self.assertNotIn("Traceback", run.stderr)


if __name__ == "__main__":
    unittest.main()
