#!/usr/bin/env python3
"""Writes the colour maps of resources/colormaps: one 256 x 1 RGB picture each.

Needs numpy, matplotlib and Pillow; users never need to run it. Where the colours come from:
  viridis, cividis, magma, inferno  tables published by matplotlib under CC0
  turbo                             table published by Google Research (Apache-2.0), as matplotlib carries it
  coolwarm                          computed here from the equations of K. Moreland, "Diverging Color Maps for
                                    Scientific Visualization" (2009): Msh interpolation between (59, 76, 192) and
                                    (180, 4, 38)
"""

import argparse
import pathlib

import matplotlib
import numpy as np
from PIL import Image

SIZE = 256
FROM_MATPLOTLIB = ("viridis", "cividis", "magma", "inferno", "turbo")
COOL = (59, 76, 192)
WARM = (180, 4, 38)

# sRGB <-> CIE XYZ (IEC 61966-2-1) and the D65 white point.
RGB_TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
WHITE = RGB_TO_XYZ @ np.ones(3)


def srgb_to_msh(rgb):
    c = np.asarray(rgb, float) / 255
    linear = np.where(c > 0.04045, ((c + 0.055) / 1.055) ** 2.4, c / 12.92)
    ratio = (RGB_TO_XYZ @ linear) / WHITE
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    lab = np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
    magnitude = np.linalg.norm(lab)
    return np.array([magnitude, np.arccos(lab[0] / magnitude), np.arctan2(lab[2], lab[1])])


def msh_to_srgb(msh):
    magnitude, saturation, hue = msh
    lab = magnitude * np.array([np.cos(saturation), np.sin(saturation) * np.cos(hue), np.sin(saturation) * np.sin(hue)])
    fy = (lab[0] + 16) / 116
    f = np.array([fy + lab[1] / 500, fy, fy - lab[2] / 200])
    ratio = np.where(f > 0.206893, f**3, (f - 16 / 116) / 7.787)
    linear = np.clip(np.linalg.solve(RGB_TO_XYZ, ratio * WHITE), 0, 1)
    return np.where(linear > 0.0031308, 1.055 * linear ** (1 / 2.4) - 0.055, 12.92 * linear)


def hue_beside_white(msh, magnitude):
    """Hue of the unsaturated end so that the hue changes as evenly as the saturation (Moreland, figure 7)."""
    spin = msh[1] * np.sqrt(max(magnitude**2 - msh[0] ** 2, 0)) / (msh[0] * np.sin(msh[1]))
    return msh[2] + spin if msh[2] > -np.pi / 3 else msh[2] - spin


def coolwarm():
    cool, warm = srgb_to_msh(COOL), srgb_to_msh(WARM)
    middle = max(cool[0], warm[0], 88.0)
    rows = []
    for t in np.linspace(0, 1, SIZE):
        end, share = (cool, 1 - 2 * t) if t < 0.5 else (warm, 2 * t - 1)
        white = np.array([middle, 0.0, hue_beside_white(end, middle)])
        rows.append(msh_to_srgb(share * end + (1 - share) * white))
    return np.array(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = pathlib.Path(__file__).resolve().parent.parent / "resources" / "colormaps"
    parser.add_argument("--output", type=pathlib.Path, default=default, help="folder for the PNG files")
    folder = parser.parse_args().output
    folder.mkdir(parents=True, exist_ok=True)
    maps = {name: matplotlib.colormaps[name](np.arange(SIZE))[:, :3] for name in FROM_MATPLOTLIB}
    maps["coolwarm"] = coolwarm()
    for name, colours in maps.items():
        pixels = np.round(np.clip(colours, 0, 1) * 255).astype(np.uint8)[np.newaxis]
        Image.fromarray(pixels, "RGB").save(folder / f"{name}.png", optimize=True)
        print(f"{folder / name}.png")


if __name__ == "__main__":
    main()
