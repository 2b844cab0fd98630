#!/usr/bin/env python3
"""Prints the factors of retargeting, measured on real recordings; resources/layouts/body holds them, rounded.

Body points are those of Kinect v2. Where a layout lacks one, a rule makes it from others (resources/layouts/body/
points.json); rules are linear in the joints, so that attention can travel back along them. "Trunk" is the way from the
middle of the hips to the middle of the shoulders; "along" it counts from 0 at the hips to 1 at the shoulders.

Usage: fit_retargeting.py --ntu FOLDER --mediapipe FILE.npz... [--asf FILE]        (Python 3.11, NumPy)

    --ntu        NTU RGB+D `.skeleton` files
    --mediapipe  `world` [T, 33, 4]: x image right, y down, z away from the camera, visibility
    --asf        an Acclaim skeleton, for joints at bone ends
"""
import argparse
import pathlib
import re

import numpy as np

TRACKED = 2  # Kinect's tracking state of a joint that was seen


def read_ntu(file):
    """Bodies of one file: arrays [T, 25, 12]."""
    lines = iter(file.read_text().split("\n"))
    bodies = {}
    for _ in range(int(next(lines))):
        for _ in range(int(next(lines))):
            body = next(lines).split()[0]
            joints = [[float(v) for v in next(lines).split()] for _ in range(int(next(lines)))]
            bodies.setdefault(body, []).append(joints)
    return [np.array(frames) for frames in bodies.values()]


def length(vectors):
    return np.linalg.norm(vectors, axis=-1)


def along(points, begin, end):
    """Median place of points on the way from begin to end, 0 to 1."""
    way = end - begin
    return np.median(((points - begin) * way).sum(-1) / (way * way).sum(-1))


def best_share(target, base, *ways):
    """Least-squares weights of ways from a base joint to a target joint, and the mean distance that remains."""
    x = np.stack(ways, -1)
    weights = np.linalg.lstsq(x.reshape(-1, x.shape[-1]), (target - base).reshape(-1), rcond=None)[0]
    return weights, length(target - base - x @ weights).mean()


def say(name, *values):
    print(f"{name:58s}", *(f"{v:7.3f}" for v in np.hstack(values)))


def ntu_trunk(a):
    """Middles of the hips and of the shoulders."""
    return (a[:, 12] + a[:, 16]) / 2, (a[:, 4] + a[:, 8]) / 2


def fit_ntu(folder):
    recordings = {file.stem: np.concatenate(read_ntu(file)) for file in sorted(folder.glob("*.skeleton"))}
    bodies = np.concatenate(list(recordings.values()))
    seen, a = bodies[:, :, -1] == TRACKED, bodies[:, :, :3]
    hips, shoulders = ntu_trunk(a)
    print(f"Kinect v2: {len(a)} bodies of {folder}")
    for name, frames in recordings.items():
        say(f"head along the trunk, {name}", along(frames[:, 3, :3], *ntu_trunk(frames[:, :, :3])))
    say("trunk, metres", np.median(length(shoulders - hips)))
    say("spine middle from spine base to spine shoulder", along(a[:, 1], a[:, 0], a[:, 20]))
    say("spine shoulder beyond the shoulders, trunks", along(a[:, 20], hips, shoulders) - 1)
    say("neck from spine shoulder to head", along(a[:, 2], a[:, 20], a[:, 3]))
    say("neck, head along the trunk", along(a[:, 2], hips, shoulders), along(a[:, 3], hips, shoulders))
    for side, (elbow, wrist, hand, tip, thumb) in {"left": (5, 6, 7, 21, 22), "right": (9, 10, 11, 23, 24)}.items():
        ok = seen[:, [elbow, wrist, hand]].all(1)
        say(f"{side} hand from elbow to wrist, 1 = wrist", along(a[ok, hand], a[ok, elbow], a[ok, wrist]))
        ok &= seen[:, [tip, thumb]].all(1)
        say(f"{side} hand tip, thumb from wrist to hand", along(a[ok, tip], a[ok, wrist], a[ok, hand]),
            along(a[ok, thumb], a[ok, wrist], a[ok, hand]))
        forearm = length(a[ok, wrist] - a[ok, elbow])
        say(f"{side} wrist-hand, wrist-tip, wrist-thumb, forearms",
            [np.median(length(a[ok, j] - a[ok, wrist]) / forearm) for j in (hand, tip, thumb)])
    feet = []
    for hip, knee, ankle, foot in ((12, 13, 14, 15), (16, 17, 18, 19)):
        ok = seen[:, [knee, ankle, foot]].all(1)
        feet.append(a[ok][:, [hip, knee, ankle, foot]])
        say("ankle-foot, shins", np.median(length(a[ok, foot] - a[ok, ankle]) / length(a[ok, ankle] - a[ok, knee])))
    hip, knee, ankle, foot = np.concatenate(feet).transpose(1, 0, 2)
    say("foot at the ankle: error, metres", length(foot - ankle).mean())
    say("foot = ankle + w shin: w, error", *best_share(foot, ankle, ankle - knee))
    say("foot = ankle + w shin + v thigh: w, v, error", *best_share(foot, ankle, ankle - knee, knee - hip))


def fit_mediapipe(file):
    world = np.load(file)["world"]
    p = world[:, :, :3] * [-1, -1, 1]
    p = p[(world[:, [11, 12, 23, 24, 25, 26], 3] > 0.5).all(1)]
    hips, shoulders, ears = (p[:, 23] + p[:, 24]) / 2, (p[:, 11] + p[:, 12]) / 2, (p[:, 7] + p[:, 8]) / 2
    trunk = length(shoulders - hips)
    across = length(p[:, 11] - p[:, 12])
    print(f"MediaPipe: {len(p)} bodies of {file}")
    say("ears, nose, eyes, mouth along the trunk",
        [along(point, hips, shoulders) for point in (ears, p[:, 0], (p[:, 2] + p[:, 5]) / 2, (p[:, 9] + p[:, 10]) / 2)])
    say("ears, eyes, mouth apart, shoulder widths",
        [np.median(length(p[:, a] - p[:, b]) / across) for a, b in ((7, 8), (2, 5), (9, 10))])
    say("inner, outer eye from right to left eye", along(p[:, 1], p[:, 5], p[:, 2]), along(p[:, 3], p[:, 5], p[:, 2]))
    for elbow, wrist, pinky, index, thumb in ((13, 15, 17, 19, 21), (14, 16, 18, 20, 22)):
        forearm = length(p[:, wrist] - p[:, elbow])
        knuckles = (p[:, pinky] + p[:, index]) / 2
        say("wrist-knuckles, wrist-thumb, forearms",
            [np.median(length(j - p[:, wrist]) / forearm) for j in (knuckles, p[:, thumb])])
    for knee, ankle, heel, toe in ((25, 27, 29, 31), (26, 28, 30, 32)):
        shin = length(p[:, ankle] - p[:, knee])
        say("ankle-heel, ankle-foot index, shins", [np.median(length(p[:, j] - p[:, ankle]) / shin) for j in (heel, toe)])
    say("trunk, metres", np.median(trunk))


def fit_asf(file):
    text = file.read_text()
    bones = {name: np.array([float(v) for v in direction.split()]) * float(size) for name, direction, size in
             re.findall(r"name (\w+)\s+direction ([^\n]+)\n\s+length ([\d.]+)", text)}
    ends = {"root": np.zeros(3)}
    for line in text.split(":hierarchy")[1].split("\n"):
        words = line.split()
        for child in words[1:] if words and words[0] in ends else []:
            ends[child] = ends[words[0]] + bones[child]
    metres = 0.0254 / float(re.search(r":units[^:]*length ([\d.]+)", text)[1])
    hips = (ends["lhipjoint"] + ends["rhipjoint"]) / 2
    shoulders = (ends["lclavicle"] + ends["rclavicle"]) / 2
    size = {name: length(bone) for name, bone in bones.items()}
    print(f"Acclaim: {file}")
    trunk = ("root", "lowerback", "upperback", "thorax", "lowerneck", "upperneck", "head")
    say("trunk bones from root to head, along the trunk", [along(ends[b][None], hips[None], shoulders[None]) for b in trunk])
    say("lowerneck + upperneck, head bone, metres", (size["lowerneck"] + size["upperneck"]) * metres, size["head"] * metres)
    forearm = size["lradius"] + size["lwrist"]
    say("lradius, lradius + lwrist, upper arms", size["lradius"] / size["lhumerus"], forearm / size["lhumerus"])
    say("lhand, with lfingers, lthumb, forearms",
        size["lhand"] / forearm, (size["lhand"] + size["lfingers"]) / forearm, size["lthumb"] / forearm)
    say("lfoot, ltoes, shins", size["lfoot"] / size["ltibia"], size["ltoes"] / size["ltibia"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ntu", type=pathlib.Path)
    parser.add_argument("--mediapipe", type=pathlib.Path, nargs="*", default=[])
    parser.add_argument("--asf", type=pathlib.Path)
    options = parser.parse_args()
    if not (options.ntu or options.mediapipe or options.asf):
        parser.error("nothing to measure; name at least one of --ntu, --mediapipe, --asf")
    if options.ntu:
        fit_ntu(options.ntu)
    for file in options.mediapipe:
        fit_mediapipe(file)
    if options.asf:
        fit_asf(options.asf)


if __name__ == "__main__":
    main()
