#!/usr/bin/env python3
"""Makes the bundled sample clips: six everyday actions as NTU RGB+D `.skeleton` files.

The motions are synthetic. A body of 25 joints (Kinect v2) is driven by key poses: the pelvis, the bend of the trunk,
the places of both hands and both feet. Arms and legs follow by two-bone inverse kinematics, so bones keep their length
and planted feet stay on the floor. Amplitudes and timing are those of people doing the same before a Kinect.

Usage: make_clips.py [--out FOLDER] [NAME...]        (Python 3.11, standard library only)
"""
import argparse
import math
import pathlib
from dataclasses import dataclass, field

FPS = 30
DISTANCE = 3.0        # metres from the camera to the standing person
FLOOR = -0.95         # height of the floor in the camera frame, metres
BODY_ID = 72057594037900000

# Bone lengths of an adult of 1.72 m, metres.
THIGH, SHIN, ANKLE_HEIGHT, FOOT = 0.42, 0.40, 0.08, 0.13
HIP_HALF, SHOULDER_HALF, SHOULDER_DROP = 0.085, 0.175, 0.035
LOWER_SPINE, UPPER_SPINE, NECK, HEAD = 0.29, 0.21, 0.075, 0.16
UPPER_ARM, FOREARM, HAND, TIP, THUMB = 0.28, 0.25, 0.08, 0.07, 0.045
STANDING = ANKLE_HEIGHT + 0.995 * (THIGH + SHIN)
FEET_HALF = 0.11      # from the midline to an ankle

# Kinect v2 cameras: focal length and centre in pixels (depth 512 x 424, colour 1920 x 1080).
DEPTH_CAMERA = (366.0, 256.0, 212.0)
COLOUR_CAMERA = (1060.0, 960.0, 540.0)

# Vectors are (right, up, forward) of the person; the camera frame is made at the very end.


def add(a, b):
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a, b):
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a, s):
    return (a[0] * s, a[1] * s, a[2] * s)


def dot(a, b):
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def length(a):
    return math.sqrt(dot(a, a))


def unit(a):
    return scale(a, 1.0 / length(a))


@dataclass(frozen=True)
class Frame:
    """An orientation as the three directions right, up and forward."""

    right: tuple
    up: tuple
    forward: tuple

    def place(self, v):
        return add(add(scale(self.right, v[0]), scale(self.up, v[1])), scale(self.forward, v[2]))


def orientation(yaw=0.0, pitch=0.0, roll=0.0):
    """Degrees: yaw turns to the person's left, pitch bends forward, roll leans to the right."""
    y, p, r = (math.radians(v) for v in (yaw, pitch, roll))

    def turn(v):
        x, u, f = v
        x, u = x * math.cos(r) + u * math.sin(r), -x * math.sin(r) + u * math.cos(r)
        u, f = u * math.cos(p) - f * math.sin(p), u * math.sin(p) + f * math.cos(p)
        return (x * math.cos(y) - f * math.sin(y), u, x * math.sin(y) + f * math.cos(y))

    return Frame(turn((1, 0, 0)), turn((0, 1, 0)), turn((0, 0, 1)))


class Track:
    """A smooth curve through keys (time, value): it rests at turning points and passes through the others."""

    def __init__(self, *keys):
        self.times = [key[0] for key in keys]
        self.values = [key[1] if isinstance(key[1], tuple) else (key[1],) for key in keys]
        self.scalar = not isinstance(keys[0][1], tuple)
        self.slopes = [self._slope(i) for i in range(len(keys))]

    def _slope(self, i):
        if i in (0, len(self.times) - 1):
            return tuple(0.0 for _ in self.values[i])
        slopes = []
        for before, here, after in zip(*self.values[i - 1:i + 2]):
            left = (here - before) / (self.times[i] - self.times[i - 1])
            right = (after - here) / (self.times[i + 1] - self.times[i])
            # The harmonic mean keeps the curve between its keys (Fritsch and Butland, 1984).
            slopes.append(0.0 if left * right <= 0 else 2 * left * right / (left + right))
        return tuple(slopes)

    def __call__(self, t):
        if t <= self.times[0]:
            value = self.values[0]
        elif t >= self.times[-1]:
            value = self.values[-1]
        else:
            value = self._between(t)
        return value[0] if self.scalar else value

    def _between(self, t):
        i = max(k for k, start in enumerate(self.times[:-1]) if start <= t)
        span = self.times[i + 1] - self.times[i]
        s = (t - self.times[i]) / span
        h = (2 * s**3 - 3 * s**2 + 1, s**3 - 2 * s**2 + s, -2 * s**3 + 3 * s**2, s**3 - s**2)
        return tuple(h[0] * a + h[1] * span * m + h[2] * b + h[3] * span * n for a, m, b, n in zip(
            self.values[i], self.slopes[i], self.values[i + 1], self.slopes[i + 1]))


def still(value):
    return Track((0.0, value))


# Place of a hanging hand from its shoulder, in the frame of the trunk: (outward, up, forward).
HANGING = (0.045, -0.575, 0.06)


@dataclass
class Motion:
    """What drives the body, as functions of time. Hands are (outward, up, forward) from their shoulder in the frame of
    the chest; feet are (right, up, forward) of the ankle on the floor; angles are degrees."""

    seconds: float
    pelvis: object = field(default_factory=lambda: still((0.0, STANDING, 0.0)))
    yaw: object = field(default_factory=lambda: still(0.0))
    bend: object = field(default_factory=lambda: still(2.0))
    twist: object = field(default_factory=lambda: still(0.0))
    lean: object = field(default_factory=lambda: still(0.0))
    nod: object = field(default_factory=lambda: still(0.0))
    right_hand: object = field(default_factory=lambda: still(HANGING))
    left_hand: object = field(default_factory=lambda: still(HANGING))
    right_elbow: object = field(default_factory=lambda: still((0.5, -0.3, -0.8)))
    left_elbow: object = field(default_factory=lambda: still((0.5, -0.3, -0.8)))
    right_foot: object = field(default_factory=lambda: still((FEET_HALF, ANKLE_HEIGHT, 0.0)))
    left_foot: object = field(default_factory=lambda: still((-FEET_HALF, ANKLE_HEIGHT, 0.0)))
    knees_out: object = field(default_factory=lambda: still(0.12))


def bend_limb(root, target, first, second, hint):
    """Middle and end of a limb of two bones that reaches for a target; the middle goes towards the hint."""
    reach = sub(target, root)
    distance = min(max(length(reach), abs(first - second) + 1e-3), 0.999 * (first + second))
    direction = unit(reach)
    along = (distance**2 + first**2 - second**2) / (2 * distance)
    side = sub(hint, scale(direction, dot(hint, direction)))
    out = math.sqrt(max(0.0, first**2 - along**2))
    middle = add(root, add(scale(direction, along), scale(unit(side), out)))
    return middle, add(root, scale(direction, distance))


def arm(shoulder, chest, hand, elbow, side):
    """Elbow, wrist, hand, tip and thumb. `side` is 1 on the right, -1 on the left."""
    target = add(shoulder, chest.place((side * hand[0], hand[1], hand[2])))
    hint = chest.place((side * elbow[0], elbow[1], elbow[2]))
    elbow_at, hand_at = bend_limb(shoulder, target, UPPER_ARM, FOREARM + HAND, hint)
    direction = unit(sub(hand_at, elbow_at))
    wrist = add(elbow_at, scale(direction, FOREARM))
    inward = chest.place((-side * 0.7, 0.2, 0.7))
    thumb = unit(add(scale(direction, 0.5), sub(inward, scale(direction, dot(inward, direction)))))
    return [elbow_at, wrist, hand_at, add(hand_at, scale(direction, TIP)), add(hand_at, scale(thumb, THUMB))]


def leg(hip, foot, heading, knees_out, side):
    """Knee, ankle and foot; the toes point where the pelvis does, and down while the foot is in the air."""
    knee, ankle = bend_limb(hip, foot, THIGH, SHIN, heading.place((side * knees_out, 0.0, 1.0)))
    lift = max(0.0, ankle[1] - ANKLE_HEIGHT)
    toes = unit(heading.place((side * 0.15, -0.35 - 2.0 * lift, 1.0)))
    return [knee, ankle, add(ankle, scale(toes, FOOT))]


def pose(motion, t):
    """The 25 joints at a time, in the order of NTU RGB+D."""
    breath = math.sin(2 * math.pi * t / 3.6)
    sway = 0.006 * math.sin(2 * math.pi * t / 2.7 + 0.4)
    heading = orientation(motion.yaw(t))
    base = add(motion.pelvis(t), (sway, 0.0, 0.0))
    bend, twist = motion.bend(t) + 0.4 * breath, motion.yaw(t) + motion.twist(t)
    waist = orientation(motion.yaw(t) + 0.4 * motion.twist(t), 0.7 * bend, 0.6 * motion.lean(t))
    chest = orientation(twist, 1.15 * bend, motion.lean(t))
    # Eyes stay ahead: the head takes back most of the trunk's bend and twist.
    face = orientation(motion.yaw(t) + 0.3 * motion.twist(t), 0.45 * bend + motion.nod(t), 0.3 * motion.lean(t))
    spine = add(base, waist.place((0.0, LOWER_SPINE, 0.0)))
    top = add(spine, chest.place((0.0, UPPER_SPINE + 0.002 * breath, 0.0)))
    neck = add(top, face.place((0.0, NECK, 0.0)))
    head = add(neck, face.place((0.0, HEAD, 0.02)))

    def half(side, hand, elbow, foot):
        # A raised arm lifts its shoulder.
        lift = 0.035 * min(1.0, max(0.0, (hand[1] + 0.3) / 0.6))
        shoulder = add(top, chest.place((side * (SHOULDER_HALF - 0.3 * lift), lift - SHOULDER_DROP, 0.0)))
        hip = add(base, heading.place((side * HIP_HALF, -0.005, 0.0)))
        legs = leg(hip, foot, heading, motion.knees_out(t), side)
        return [shoulder] + arm(shoulder, chest, hand, elbow, side), [hip] + legs

    left_arm, left_leg = half(-1, motion.left_hand(t), motion.left_elbow(t), motion.left_foot(t))
    right_arm, right_leg = half(1, motion.right_hand(t), motion.right_elbow(t), motion.right_foot(t))
    return ([base, spine, neck, head] + left_arm[:4] + right_arm[:4] + left_leg + right_leg + [top]
            + left_arm[4:] + right_arm[4:])


def swing(start, period, count, one, other):
    """Keys that go to and fro between two values."""
    return [(start + 0.5 * period * i, one if i % 2 == 0 else other) for i in range(2 * count + 1)]


def wave():
    out, into = (0.15, 0.27, 0.27), (-0.16, 0.31, 0.24)
    return Motion(
        seconds=2.4,
        right_hand=Track((0.0, HANGING), (0.2, HANGING), (0.42, (0.14, -0.22, 0.36)), *swing(0.66, 0.42, 2, out, into),
                         (1.78, (0.14, -0.15, 0.36)), (2.08, HANGING), (2.4, HANGING)),
        right_elbow=Track((0.2, (0.5, -0.3, -0.8)), (0.66, (0.7, -0.9, -0.1)), (1.5, (0.7, -0.9, -0.1)),
                          (2.05, (0.5, -0.3, -0.8))),
        left_hand=Track((0.2, HANGING), (0.7, (0.05, -0.573, 0.05)), (1.6, (0.05, -0.573, 0.05)), (2.1, HANGING)),
        lean=Track((0.2, 0.0), (0.7, -2.0), (1.5, -2.0), (2.1, 0.0)),
        twist=Track((0.2, 0.0), (0.7, 3.0), (1.5, 3.0), (2.1, 0.0)),
        nod=Track((0.2, 0.0), (0.7, -2.0), (1.6, -2.0), (2.1, 0.0)))


def clap():
    together, apart = (-SHOULDER_HALF + 0.025, -0.03, 0.27), (-0.03, -0.02, 0.27)
    hand = Track((0.0, HANGING), (0.2, HANGING), (0.42, (0.02, -0.28, 0.33)), (0.6, apart),
                 *swing(0.74, 0.36, 3, together, apart), (2.0, (0.03, -0.26, 0.33)), (2.25, HANGING), (2.5, HANGING))
    elbow = Track((0.2, (0.5, -0.3, -0.8)), (0.6, (0.75, -0.9, -0.15)), (1.8, (0.75, -0.9, -0.15)),
                  (2.25, (0.5, -0.3, -0.8)))
    return Motion(
        seconds=2.5, right_hand=hand, left_hand=hand, right_elbow=elbow, left_elbow=elbow,
        bend=Track((0.2, 2.0), (0.6, 0.5), (1.8, 0.5), (2.3, 2.0)),
        nod=Track((0.3, 0.0), (0.8, 4.0), (1.8, 4.0), (2.3, 0.0)))


def throw():
    return Motion(
        seconds=2.3,
        right_hand=Track((0.0, HANGING), (0.2, HANGING), (0.45, (0.19, -0.2, 0.14)), (0.68, (0.22, 0.22, -0.06)),
                         (0.88, (0.06, 0.28, -0.24)), (1.04, (0.0, 0.46, 0.2)), (1.17, (-0.08, 0.2, 0.52)),
                         (1.34, (-0.06, -0.2, 0.5)), (1.7, HANGING), (2.3, HANGING)),
        right_elbow=Track((0.2, (0.5, -0.3, -0.8)), (0.68, (1.0, -0.3, 0.1)), (0.9, (1.0, -0.1, 0.4)),
                          (1.1, (0.6, -0.6, 0.2)), (1.4, (0.5, -0.6, -0.4)), (1.7, (0.5, -0.3, -0.8))),
        left_hand=Track((0.25, HANGING), (0.8, (0.1, -0.5, 0.22)), (1.15, (0.07, -0.56, -0.06)), (1.6, HANGING)),
        twist=Track((0.25, 0.0), (0.85, -24.0), (1.17, 18.0), (1.45, 12.0), (1.9, 0.0)),
        bend=Track((0.25, 2.0), (0.85, -5.0), (1.2, 12.0), (1.45, 9.0), (1.95, 2.0)),
        lean=Track((0.3, 0.0), (0.85, 4.0), (1.15, -6.0), (1.8, 0.0)),
        pelvis=Track((0.25, (0.0, STANDING, 0.0)), (0.85, (0.03, STANDING - 0.02, -0.07)),
                     (1.2, (-0.03, STANDING - 0.01, 0.06)), (1.9, (0.0, STANDING, 0.0))))


def squat():
    ahead = (0.05, 0.08, 0.595)
    hand = Track((0.0, HANGING), (0.2, HANGING), (0.5, (0.08, -0.3, 0.48)), (0.8, ahead), (2.05, ahead),
                 (2.35, (0.08, -0.3, 0.48)), (2.65, HANGING), (2.8, HANGING))
    elbow = Track((0.2, (0.5, -0.3, -0.8)), (0.8, (0.4, -1.0, 0.0)), (2.05, (0.4, -1.0, 0.0)), (2.65, (0.5, -0.3, -0.8)))
    low = (0.0, STANDING - 0.43, -0.1)
    return Motion(
        seconds=2.8, right_hand=hand, left_hand=hand, right_elbow=elbow, left_elbow=elbow,
        pelvis=Track((0.55, (0.0, STANDING, 0.0)), (1.3, low), (1.5, low), (2.25, (0.0, STANDING, 0.0))),
        bend=Track((0.55, 2.0), (1.3, 30.0), (1.5, 30.0), (2.25, 2.0)),
        nod=Track((0.55, 0.0), (1.3, -8.0), (1.5, -8.0), (2.25, 0.0)),
        knees_out=Track((0.55, 0.12), (1.3, 0.55), (1.5, 0.55), (2.25, 0.12)),
        right_foot=still((FEET_HALF + 0.05, ANKLE_HEIGHT, 0.0)),
        left_foot=still((-FEET_HALF - 0.05, ANKLE_HEIGHT, 0.0)))


def sit_down():
    on_thigh = (-0.02, -0.42, 0.29)
    hand = Track((0.0, HANGING), (0.5, HANGING), (0.95, (0.03, -0.5, 0.2)), (1.35, (0.06, -0.42, 0.32)),
                 (1.75, on_thigh), (2.4, on_thigh))
    seat = STANDING - 0.42
    return Motion(
        seconds=2.4, right_hand=hand, left_hand=hand,
        pelvis=Track((0.4, (0.0, STANDING, 0.0)), (0.8, (0.0, STANDING - 0.12, -0.19)), (1.2, (0.0, seat + 0.03, -0.4)),
                     (1.4, (0.0, seat, -0.44)), (1.75, (0.0, seat, -0.47)), (2.4, (0.0, seat, -0.47))),
        bend=Track((0.35, 2.0), (0.95, 42.0), (1.2, 40.0), (1.75, -6.0), (2.4, -4.0)),
        nod=Track((0.4, 0.0), (0.95, 6.0), (1.7, 0.0)))


def walk():
    """Steady steps towards the camera; each foot stands for 60 % of the cycle."""
    cycle, stride, stance, start = 1.04, 1.2, 0.6, -1.35
    speed = stride / cycle

    def foot(side, offset):
        def place(t):
            step, phase = divmod(t / cycle + offset, 1.0)
            planted = start + (step - offset + 0.5 * stance) * stride
            swing_part = max(0.0, (phase - stance) / (1.0 - stance))
            ease = swing_part**3 * (10 - 15 * swing_part + 6 * swing_part**2)
            heel = 0.05 * max(0.0, (phase - 0.45) / 0.15) if phase < stance else 0.05 * (1 - ease)
            lift = 0.09 * math.sin(math.pi * swing_part)**2
            return (side * 0.085, ANKLE_HEIGHT + lift + heel, planted + ease * stride)
        return place

    def wave_of(size, shift=0.0, harmonic=1):
        return lambda t: size * math.cos(2 * math.pi * (harmonic * t / cycle + shift))

    def hand(shift):
        def place(t):
            s = math.cos(2 * math.pi * (t / cycle + shift))
            return (0.05, -0.56 + 0.05 * max(0.0, s), 0.06 + 0.2 * s)
        return place

    bob, shift_weight = wave_of(0.018, 0.0, 2), wave_of(0.018, 0.45)
    return Motion(
        seconds=2.3,
        pelvis=lambda t: (shift_weight(t), STANDING - 0.045 - bob(t), start + speed * t),
        yaw=wave_of(4.0, 0.0), twist=wave_of(-9.0, 0.0), bend=lambda t: 4.0 + wave_of(1.0, 0.0, 2)(t),
        right_foot=foot(1, 0.0), left_foot=foot(-1, 0.5),
        # An arm goes with the leg of the other side.
        right_hand=hand(0.5), left_hand=hand(0.0))


ACTIONS = {"wave": wave, "clap": clap, "throw": throw, "squat": squat, "sit_down": sit_down, "walk": walk}


def to_camera(joint):
    """Camera frame of the Kinect: x to the right of a person who faces it, y up, z away."""
    return (joint[0], joint[1] + FLOOR, DISTANCE - joint[2])


def project(joint, camera):
    focal, centre_x, centre_y = camera
    return (centre_x + focal * joint[0] / joint[2], centre_y - focal * joint[1] / joint[2])


def joint_row(joint):
    x, y, z = to_camera(joint)
    numbers = (x, y, z, *project((x, y, z), DEPTH_CAMERA), *project((x, y, z), COLOUR_CAMERA))
    # Bone orientations are not made: zeros. 2 = tracked.
    return " ".join(f"{number:.7g}" for number in numbers) + " 0 0 0 0 2"


def skeleton_text(motion):
    frames = round(motion.seconds * FPS)
    lines = [str(frames)]
    for i in range(frames):
        lines += ["1", f"{BODY_ID} 0 1 1 1 1 0 0 0 2", "25"]
        lines += [joint_row(joint) for joint in pose(motion, i / FPS)]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description="Makes the bundled synthetic sample clips.")
    default = pathlib.Path(__file__).resolve().parent.parent / "resources" / "clips"
    parser.add_argument("--out", type=pathlib.Path, default=default, help="folder to write to")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"actions to make: {', '.join(ACTIONS)} (all)")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.names if name not in ACTIONS]
    if unknown:
        parser.error(f"unknown action {unknown[0]!r}; known: {', '.join(ACTIONS)}")
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name in arguments.names or ACTIONS:
        file = arguments.out / f"{name}.skeleton"
        file.write_text(skeleton_text(ACTIONS[name]()), encoding="ascii")
        print(f"{file}: {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
