#!/usr/bin/env python3
"""tools/send_skeletons.py as a program: what it sends is SkeletonStream version 1 (docs/user/skeleton-stream.md)."""

import json
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SENDER = ROOT / "tools" / "send_skeletons.py"


class SendSkeletons(unittest.TestCase):
    def sent(self, *arguments):
        """The messages that a run sends over UDP."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
            receiver.bind(("127.0.0.1", 0))
            receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
            receiver.settimeout(20)
            place = f"udp://127.0.0.1:{receiver.getsockname()[1]}"
            run = subprocess.run([sys.executable, SENDER, place, *arguments], capture_output=True, text=True, timeout=60)
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

    def test_bad_usage_is_told(self):
        for arguments in (["udp://127.0.0.1", "walk"], ["tcp://127.0.0.1:5"], ["udp://127.0.0.1:5", "song.mp3"],
                          ["udp://127.0.0.1:5", "/nowhere/a.skeleton"]):  # fmt: skip
            run = subprocess.run([sys.executable, SENDER, *arguments], capture_output=True, text=True, timeout=60)
            self.assertNotEqual(run.returncode, 0, arguments)
            self.assertNotIn("Traceback", run.stderr)


if __name__ == "__main__":
    unittest.main()
