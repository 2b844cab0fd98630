#!/usr/bin/env python3
"""Prints `N passed, M failed, K skipped` for a JUnit file of CTest. Standard library only."""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def main() -> int:
    file = Path(sys.argv[1])
    if not file.is_file():
        print("0 passed, 0 failed, 0 skipped")
        return 1
    passed = failed = skipped = 0
    for case in ElementTree.parse(file).getroot().iter("testcase"):
        if case.find("failure") is not None or case.get("status") == "fail":
            failed += 1
        elif case.find("skipped") is not None or case.get("status") in ("notrun", "disabled"):
            skipped += 1
        else:
            passed += 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
