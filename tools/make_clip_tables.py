#!/usr/bin/env python3
"""Writes core/text/clip/unicode_tables.inc and core/text/clip/entities.inc, the facts that CLIP's tokenizer needs.

Source of the facts: Python's `unicodedata` and `html.entities` (the HTML standard's named character references).
Usage: tools/make_clip_tables.py [FOLDER]

  kLetters, kNumbers     general categories L* and N*.
  kLowerRuns             lower case of single characters: runs as in core/text/unicode_tables.inc.
  kWidthRuns             full-width and half-width forms to their ordinary characters, likewise.
  kMarkClasses           canonical combining classes other than 0.
  kCompositions          canonical decompositions into two characters that are composed again (NFC).
  kDecompositions        the other canonical decompositions, filled up with zeros.
  kEntities              named character references: name, one or two characters, whether it stands without semicolon.
Hangul syllables decompose by arithmetic (Unicode, section 3.12) and are left out.
"""
import html.entities
import pathlib
import sys
import unicodedata

from make_unicode_tables import HANGUL, category, code_points, hex_rows, ranges, rows, runs


def signed_rows(found):
    return rows([[f"0x{first:X}", f"0x{last:X}", str(step), str(distance)] for first, last, step, distance in found])


def lower_pairs():
    for c in code_points():
        lower = chr(c).lower()
        if len(lower) == 1 and ord(lower) != c:
            yield c, ord(lower) - c


def width_pairs():
    for c in range(0xFF01, 0xFFF0):
        wide = unicodedata.normalize("NFKC", chr(c))
        if len(wide) == 1 and ord(wide) != c:
            yield c, ord(wide) - c


def mark_classes():
    found = []
    for c in code_points():
        order = unicodedata.combining(chr(c))
        if order == 0:
            continue
        if found and found[-1][1] == c - 1 and found[-1][2] == order:
            found[-1][1] = c
        else:
            found.append([c, c, order])
    return rows([[f"0x{first:X}", f"0x{last:X}", str(order)] for first, last, order in found])


def decompositions():
    composed, other = [], []
    for c in code_points():
        parts = unicodedata.decomposition(chr(c)).split()
        if c in HANGUL or not parts or parts[0].startswith("<"):
            continue
        row = [c, *(int(part, 16) for part in parts), *[0] * (2 - len(parts))]
        (composed if unicodedata.normalize("NFC", chr(c)) == chr(c) else other).append(row)
    return composed, other


def entities():
    known = html.entities.html5
    for name in sorted(key[:-1] for key in known if key.endswith(";")):
        codes = [ord(x) for x in known[name + ";"]]
        yield [f'"{name}"', *(f"0x{code:X}" for code in codes), *["0"] * (2 - len(codes)), str(name in known).lower()]


def main():
    here = pathlib.Path(__file__).resolve().parent.parent
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / "core" / "text" / "clip"
    composed, other = decompositions()
    made = f"// Made by tools/make_clip_tables.py from Unicode {unicodedata.unidata_version}. Do not edit.\n"
    unicode_tables = f"""{made}constexpr CodeRange kLetters[] = {{
{hex_rows(ranges(c for c in code_points() if category(c).startswith("L")))}
}};

constexpr CodeRange kNumbers[] = {{
{hex_rows(ranges(c for c in code_points() if category(c).startswith("N")))}
}};

constexpr CodeRun kLowerRuns[] = {{
{signed_rows(runs(lower_pairs()))}
}};

constexpr CodeRun kWidthRuns[] = {{
{signed_rows(runs(width_pairs()))}
}};

constexpr MarkClass kMarkClasses[] = {{
{mark_classes()}
}};

constexpr Decomposition kCompositions[] = {{
{hex_rows(composed)}
}};

constexpr Decomposition kDecompositions[] = {{
{hex_rows(other)}
}};
"""
    (folder / "unicode_tables.inc").write_text(unicode_tables, encoding="ascii")
    references = f"{made}constexpr Entity kEntities[] = {{\n{rows(entities())}\n}};\n"
    (folder / "entities.inc").write_text(references, encoding="ascii")


if __name__ == "__main__":
    main()
