#!/usr/bin/env python3
"""Sends SkeletonStream messages by the library websocket-client, as texts and as binary messages in turn.

    websocket_client.py PEERS URL

PEERS: the folder of the library. One message is longer than a frame with a two-byte length can be.
"""

import json
import sys
import time

sys.path.insert(0, sys.argv[1])
import websocket  # noqa: E402

link = websocket.create_connection(sys.argv[2], timeout=10)
for number in range(100_000):
    joints = [[0.01 * joint, 0.05 * joint, 2.0] for joint in range(20)]
    message = {"skeleton_stream": 1, "layout": "kinect20", "time": number / 50, "persons": [{"id": "a", "joints": joints}]}
    if number == 3:
        message["note"] = "x" * 70_000
    text = json.dumps(message)
    if number % 2 == 0:
        link.send(text)
    else:
        link.send_binary(text.encode())
    if number == 5:
        link.ping("are you there")
    time.sleep(0.02)
