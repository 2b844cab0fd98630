#!/usr/bin/env python3
"""Writes core/text/unicode_tables.inc, the Unicode facts that the tokenizer and the label keys need.

Source of the facts: Python's `unicodedata`. Usage: tools/make_unicode_tables.py [OUT]

The tables follow what BERT's uncased normalisation asks of a character, one at a time:
  kDropped      control, format, private-use and non-spacing mark characters (Cc, Cf, Co, Mn) and U+FFFD; tab, line
                feed and carriage return are white space instead. Unassigned code points are kept, as the reference does.
  kSpaces       white space (property White_Space) that is not dropped.
  kPunctuation  categories P*, and all ASCII characters that are neither letters, digits, space nor control.
  kFoldRuns     canonical decomposition without non-spacing marks, then lower case: runs of characters
                first, first + step, ..., last that move by the same distance.
  kFoldSequences  the few characters whose fold is two or three characters long.
Hangul syllables decompose by arithmetic (Unicode, section 3.12) and are left out.
"""
import pathlib
import sys
import unicodedata

MAX_CODE = 0x110000
WHITE_SPACE = {0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000}
HANGUL = range(0xAC00, 0xD7A4)


def code_points():
    return (c for c in range(MAX_CODE) if not 0xD800 <= c < 0xE000)


def category(c):
    return unicodedata.category(chr(c))


def is_dropped(c):
    if c in (0x09, 0x0A, 0x0D):
        return False
    return c == 0xFFFD or category(c) in ("Cc", "Cf", "Co", "Mn")


def is_punctuation(c):
    ascii_symbol = 0x21 <= c <= 0x7E and not chr(c).isalnum()
    return ascii_symbol or category(c).startswith("P")


def fold(c):
    plain = (x for x in unicodedata.normalize("NFD", chr(c)) if unicodedata.category(x) != "Mn")
    return "".join(x.lower() for x in plain)


def ranges(codes):
    found = []
    for c in codes:
        if found and found[-1][1] == c - 1:
            found[-1][1] = c
        else:
            found.append([c, c])
    return found


def runs(pairs):
    """Groups (code, distance) into [first, last, step, distance] with step 1 or 2."""
    found = []
    for c, distance in pairs:
        last = found[-1] if found else None
        if last and last[3] == distance and c - last[1] in (1, 2) and (last[0] == last[1] or c - last[1] == last[2]):
            last[2] = c - last[1]
            last[1] = c
        else:
            found.append([c, c, 1, distance])
    return found


def rows(items, width=112):
    lines, line = [], ""
    for item in items:
        text = "{" + ", ".join(item) + "},"
        if line and len(line) + 1 + len(text) > width:
            lines.append(line)
            line = text
        else:
            line = f"{line} {text}" if line else text
    return "\n".join("    " + entry for entry in [*lines, line])


def hex_rows(items):
    return rows([[f"0x{value:X}" for value in item] for item in items])


def main():
    here = pathlib.Path(__file__).resolve().parent.parent
    out = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / "core" / "text" / "unicode_tables.inc"
    single, several = [], []
    for c in code_points():
        if c in HANGUL or is_dropped(c):
            continue
        folded = fold(c)
        if folded == chr(c):
            continue
        if len(folded) == 1:
            single.append((c, ord(folded) - c))
        else:
            several.append([c, *(ord(x) for x in folded), *[0] * (3 - len(folded))])
    assert all(len(row) == 4 for row in several)
    text = f"""// Made by tools/make_unicode_tables.py from Unicode {unicodedata.unidata_version}. Do not edit.
constexpr CodeRange kDropped[] = {{
{hex_rows(ranges(c for c in code_points() if is_dropped(c)))}
}};

constexpr CodeRange kSpaces[] = {{
{hex_rows(ranges(sorted(WHITE_SPACE)))}
}};

constexpr CodeRange kPunctuation[] = {{
{hex_rows(ranges(c for c in code_points() if is_punctuation(c)))}
}};

constexpr FoldRun kFoldRuns[] = {{
{rows([[f"0x{first:X}", f"0x{last:X}", str(step), str(distance)] for first, last, step, distance in runs(single)])}
}};

constexpr FoldSequence kFoldSequences[] = {{
{hex_rows(several)}
}};
"""
    out.write_text(text, encoding="ascii")


if __name__ == "__main__":
    main()
