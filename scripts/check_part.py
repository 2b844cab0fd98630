#!/usr/bin/env python3
"""Checks that a folder holds the wheels of a requirements file, unpacked in full.

    check_part.py FOLDER REQUIREMENTS

Compares the pinned versions with the metadata in the folder, and the size of every file with the wheel's own list
(RECORD). Exit code 0 when all agree; 1 otherwise, with the first difference on stderr. Standard library only.
"""

import csv
import re
import sys
from pathlib import Path


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(requirements: Path) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s\\]+)", requirements.read_text(), re.MULTILINE)
    return {normalised(name): version for name, version in found}


def installed(folder: Path) -> dict[str, tuple[str, Path]]:
    result = {}
    for info in folder.glob("*.dist-info"):
        name, _, version = info.name.removesuffix(".dist-info").rpartition("-")
        result[normalised(name)] = (version, info)
    return result


def first_difference(folder: Path, requirements: Path) -> str | None:
    present = installed(folder)
    for name, version in pins(requirements).items():
        if name not in present:
            return f"{name} {version} is not in it"
        found, info = present[name]
        if found != version:
            return f"it holds {name} {found}, not {version}"
        for path, _, size in csv.reader((info / "RECORD").read_text().splitlines()):
            if path.startswith("..") or not size or path.endswith(".pyc"):
                continue  # scripts are moved by pip, and files without a size are made while installing
            file = folder / path
            if not file.is_file() or file.stat().st_size != int(size):
                return f"{path} is missing or not complete"
    return None


def main() -> int:
    folder, requirements = Path(sys.argv[1]), Path(sys.argv[2])
    difference = first_difference(folder, requirements)
    if difference is not None:
        print(f"{folder} is not complete: {difference}", file=sys.stderr)
    return 0 if difference is None else 1


if __name__ == "__main__":
    sys.exit(main())
