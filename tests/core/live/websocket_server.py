#!/usr/bin/env python3
"""A WebSocket server for tests: sends each client two SkeletonStream messages and hangs up. Standard library only.

    websocket_server.py PORT
"""

import base64
import hashlib
import json
import socketserver
import sys
import time

JOINTS = [[0.0, 1.0, 2.0]] * 20


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        key = b""
        while (line := self.rfile.readline().strip()) != b"":
            if line.lower().startswith(b"sec-websocket-key:"):
                key = line.split(b":", 1)[1].strip()
        accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
        self.wfile.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                         b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n")  # fmt: skip
        for frame in range(2):
            text = json.dumps({"skeleton_stream": 1, "layout": "kinect20", "time": frame / 30,
                               "persons": [{"id": "a", "joints": JOINTS}]}).encode()  # fmt: skip
            self.wfile.write(b"\x81\x7e" + len(text).to_bytes(2, "big") + text)
            self.wfile.flush()
            time.sleep(0.1)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
