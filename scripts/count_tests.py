#!/usr/bin/env python3
"""Prints `N passed, M failed, K skipped` for JUnit files of CTest. Standard library only."""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def main() -> int:
    files = [Path(argument) for argument in sys.argv[1:]]
    passed = failed = skipped = 0
    for case in (case for file in files if file.is_file() for case in ElementTree.parse(file).getroot().iter("testcase")):
        if case.find("failure") is not None or case.get("status") == "fail":
            failed += 1
        elif case.find("skipped") is not None or case.get("status") in ("notrun", "disabled"):
            skipped += 1
        else:
            passed += 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 0 if files and all(file.is_file() for file in files) else 1


if __name__ == "__main__":
    sys.exit(main())
