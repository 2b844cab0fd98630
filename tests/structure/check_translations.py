#!/usr/bin/env python3
"""Checks that the translations say everything that the sources say, with the same places for numbers and names.

check_translations.py REPOSITORY LUPDATE    exit code 1 with a line for each thing that is wrong
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

PLACE = re.compile(r"%L?\d+|%L?n")
FILTER = re.compile(r"\([^)]*\*[^)]*\)")  # of a file dialog: "(*.json)"


def problems_of(source, translation):
    """What is wrong with the words of one message; `source` and `translation` are text."""
    found = []
    if not translation.strip(" \n"):
        return ["it is empty"]
    if sorted(PLACE.findall(source)) != sorted(PLACE.findall(translation)):
        found.append("places for values (%1, %n) differ")
    if source.replace("&&", "").count("&") != translation.replace("&&", "").count("&"):
        found.append("one has a key marked by &, the other not")
    if FILTER.findall(source) != FILTER.findall(translation):
        found.append("patterns of file names differ")
    if source.endswith("...") != translation.endswith("..."):
        found.append("one ends with an ellipsis, the other not")
    if source.count("\n") != translation.count("\n"):
        found.append("numbers of lines differ")
    if [source[: len(source) - len(source.lstrip(" "))], source[len(source.rstrip(" ")) :]] != [
        translation[: len(translation) - len(translation.lstrip(" "))],
        translation[len(translation.rstrip(" ")) :],
    ]:
        found.append("spaces at the ends differ")
    return found


def check(file):
    """Yields a line for each message of a .ts file that is not translated well."""
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            source = message.findtext("source") or ""
            translation = message.find("translation")
            place = f'{context.findtext("name")}: "{source}"'
            if translation is None or translation.get("type") == "unfinished":
                yield f"{place} is not translated"
                continue
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            for form in forms:
                for problem in problems_of(source, form):
                    yield f'{place} -> "{form}": {problem}'


def up_to_date(repository, lupdate, file, folder):
    """A copy of the .ts file as the sources of now make it."""
    copy = pathlib.Path(folder) / file.name
    shutil.copy(file, copy)
    subprocess.run([repository / "scripts" / "update_translations.sh", lupdate, copy], check=True)
    return copy


def main():
    repository, lupdate = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for file in sorted((repository / "resources" / "translations").glob("*.ts")):
            wrong += [f"{file.name}: {line}" for line in check(up_to_date(repository, lupdate, file, folder))]
    if wrong:
        wrong.append("Run `cmake --build build/release --target update_translations`, then see docs/dev/translating.md.")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
