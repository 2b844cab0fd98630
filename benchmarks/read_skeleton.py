#!/usr/bin/env python3
"""Speed of the .skeleton reader beside a plain Python reader of the same files, in one run.

    benchmarks/read_skeleton.py BENCH FILE_OR_FOLDER...

BENCH is the built formats_bench. Prints MB/s of processor time of both and their ratio. The Python reader does what
the published ones do: it splits each line and makes numbers of its fields; standard library alone.
"""
import json
import pathlib
import subprocess
import sys
import time

ROUNDS = 5


def read_skeleton(path):
    """Bodies by id: lists of frame and joints, each the twelve numbers of its line."""
    with open(path, encoding="ascii") as lines:
        bodies = {}
        for frame in range(int(lines.readline())):
            for _ in range(int(lines.readline())):
                body = bodies.setdefault(lines.readline().split()[0], [])
                count = int(lines.readline())
                body.append((frame, [[float(field) for field in lines.readline().split()] for _ in range(count)]))
    return bodies


def skeleton_files(places):
    for place in map(pathlib.Path, places):
        yield from sorted(place.rglob("*.skeleton")) if place.is_dir() else [place]


def python_speed(files, size):
    """Bytes a second, best of several rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for file in files:
            read_skeleton(file)
        best = min(best, time.process_time() - start)
    return size / best


def our_speed(bench, files):
    """Bytes a second, the best of as many repetitions."""
    command = [bench, "--benchmark_filter=read.skeleton", f"--benchmark_repetitions={ROUNDS}",
               "--benchmark_format=json", "--benchmark_min_time=0.3", *map(str, files)]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return max(run["bytes_per_second"] for run in report["benchmarks"] if run["run_type"] == "iteration")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    files = list(skeleton_files(sys.argv[2:]))
    if not files:
        sys.exit("no .skeleton file among the arguments")
    size = sum(file.stat().st_size for file in files)
    ours, python = our_speed(sys.argv[1], files), python_speed(files, size)
    print(f"{len(files)} files, {size / 1e6:.2f} MB")
    print(f"Purlscope {ours / 1e6:8.1f} MB/s")
    print(f"Python    {python / 1e6:8.1f} MB/s")
    print(f"ratio     {ours / python:8.1f}")


if __name__ == "__main__":
    main()
