#!/usr/bin/env python3
"""Reviews a table of descriptions (resources/descriptions/bank.tsv): faults that make two labels hard to tell apart.

    review_bank.py [TABLE.tsv]

Every fault is one line on stdout: row (as an editor counts lines), label, column, what is wrong. Looked for are
  * missing fields, a wrong header, labels that stand twice
  * sentences under 4 or over 26 words, capitals, a full stop or other mark at the end, double or outer spaces
  * the same sentence twice in a row; rows that share their global sentence or six of their eight
  * labels that differ in one word and its opposite alone (sit and stand, left and right, on and off): the middle, the
    whole and at least four of the eight sentences must differ, and the whole must not name the opposite side alone

Exit codes: 0 no fault, 1 faults, 2 bad usage or an unreadable table. Needs Python 3.9 or later, nothing else.
"""

import argparse
import itertools
import re
import sys
from typing import NamedTuple

SENTENCES = ("head", "hands", "torso", "legs", "start", "middle", "end", "global")
HEADER = ("label", *SENTENCES)
FEWEST_WORDS, MOST_WORDS = 4, 26
MOST_SHARED = 5  # sentences that two rows may have in common
FEWEST_DIFFERENT = 4  # of the eight sentences of two opposites
MUST_DIFFER = ("middle", "global")

OPPOSITES = (
    ("left", "right"), ("up", "down"), ("on", "off"), ("in", "out"), ("into", "out of"), ("open", "close"),
    ("push", "pull"), ("sit", "stand"), ("sitting", "standing"), ("raise", "lower"), ("lift", "lower"),
    ("forward", "backward"), ("forwards", "backwards"), ("front", "back"), ("clockwise", "counter clockwise"),
    ("towards", "apart from"), ("towards", "away from"), ("donning", "doffing"), ("put on", "take off"),
    ("wear", "take off"), ("wear on", "take off"), ("pick up", "put down"), ("load", "unload"), ("lock", "unlock"),
    ("zip", "unzip"), ("tie", "untie"), ("wrap", "unwrap"), ("fold", "unfold"), ("plug in", "unplug"),
    ("throw", "catch"), ("enter", "leave"), ("give", "take"), ("fast", "slow"), ("high", "low"), ("inward", "outward"),
)  # fmt: skip
SIDES = (("left", "right"),)  # named alone, the opposite side is a slip in the sentence of the whole


class Row(NamedTuple):
    line: int
    label: str
    sentences: dict


class Fault(NamedTuple):
    line: int
    label: str
    column: str
    text: str

    def __str__(self):
        return f"row {self.line} \"{self.label}\", {self.column}: {self.text}"


def words(text):
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.lower())


def read_rows(lines):
    """Rows with all nine fields, and the faults of the others."""
    rows, faults = [], []
    if tuple(lines[0].split("\t")) != HEADER:
        faults.append(Fault(1, "", "header", f"expected the tab-separated columns {' '.join(HEADER)}"))
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != len(HEADER):
            faults.append(Fault(number, cells[0], "columns", f"{len(cells)} of {len(HEADER)}"))
            continue
        rows.append(Row(number, cells[0], dict(zip(SENTENCES, cells[1:]))))
    return rows, faults


def cell_faults(row):
    if not row.label.strip():
        yield Fault(row.line, row.label, "label", "is missing")
    for column, text in (("label", row.label), *row.sentences.items()):
        if text != " ".join(text.split()):
            yield Fault(row.line, row.label, column, "has outer or double spaces")
        if text != text.lower():
            yield Fault(row.line, row.label, column, f"is not in lower case: {text}")
    for column, text in row.sentences.items():
        if not text.strip():
            yield Fault(row.line, row.label, column, "is missing")
            continue
        count = len(text.split())
        if not FEWEST_WORDS <= count <= MOST_WORDS:
            yield Fault(row.line, row.label, column, f"has {count} words, expected {FEWEST_WORDS} to {MOST_WORDS}")
        if not text.rstrip()[-1].isalnum():
            yield Fault(row.line, row.label, column, f"ends with '{text.rstrip()[-1]}'")


def repeated_in_row(row):
    first = {}
    for column, text in row.sentences.items():
        key = tuple(words(text))
        if key and key in first:
            yield Fault(row.line, row.label, column, f"is the sentence of '{first[key]}' again")
        first.setdefault(key, column)


def repeated_labels(rows):
    first = {}
    for row in rows:
        key = tuple(words(row.label)) or row.label
        if key in first:
            yield Fault(row.line, row.label, "label", f"stands in row {first[key]} already")
        first.setdefault(key, row.line)


def repeated_between_rows(rows):
    keys = [{column: tuple(words(text)) for column, text in row.sentences.items()} for row in rows]
    holders = {}  # of each sentence, in the same column
    for i, key in enumerate(keys):
        for column, text in key.items():
            holders.setdefault((column, text), []).append(i)
    shared = {}
    for (column, _), found in holders.items():
        for pair in itertools.combinations(found, 2):
            shared.setdefault(pair, []).append(column)
    for (i, j), columns in sorted(shared.items()):
        if "global" in columns:
            yield Fault(rows[j].line, rows[j].label, "global", f"is that of row {rows[i].line} \"{rows[i].label}\"")
        if len(columns) > MOST_SHARED:
            text = f"are those of row {rows[i].line} \"{rows[i].label}\""
            yield Fault(rows[j].line, rows[j].label, ", ".join(columns), text)


def opposite_labels(rows):
    """Pairs of rows (row, row, word, opposite) whose labels become the same by one exchange."""
    known = {}
    for row in rows:
        known.setdefault(" ".join(words(row.label)), row)
    for label, row in known.items():
        for one, other in OPPOSITES:
            turned = re.sub(rf"\b{one}\b", other, label)
            if turned != label and turned in known:
                yield row, known[turned], one, other


def opposites_alike(rows):
    for one, other, word, opposite in opposite_labels(rows):
        same = [c for c in SENTENCES if words(one.sentences[c]) == words(other.sentences[c])]
        against = f"as in the opposite \"{other.label}\" (row {other.line})"
        for column in MUST_DIFFER:
            if column in same:
                yield Fault(one.line, one.label, column, f"is {against}")
        if len(same) > len(SENTENCES) - FEWEST_DIFFERENT:
            yield Fault(one.line, one.label, ", ".join(same), f"are {against}")
        if (word, opposite) in SIDES:
            yield from side_slips(one, word, opposite)
            yield from side_slips(other, opposite, word)


def side_slips(row, word, opposite):
    named = words(row.sentences["global"])
    if opposite in named and word not in named:
        yield Fault(row.line, row.label, "global", f"names '{opposite}' alone, the opposite of the label's '{word}'")


def review(lines):
    rows, faults = read_rows(lines)
    for row in rows:
        faults += [*cell_faults(row), *repeated_in_row(row)]
    faults += [*repeated_labels(rows), *repeated_between_rows(rows), *opposites_alike(rows)]
    return sorted(faults, key=lambda fault: fault.line)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", nargs="?", default="resources/descriptions/bank.tsv")
    table = parser.parse_args().table
    try:
        with open(table, encoding="utf-8-sig") as file:
            lines = file.read().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        print(f"{table}: cannot be read: {error}", file=sys.stderr)
        return 2
    if not lines:
        print(f"{table}: is empty; expected the columns {' '.join(HEADER)}", file=sys.stderr)
        return 2
    faults = review(lines)
    for fault in faults:
        print(fault)
    print(f"{table}: {len(lines) - 1} rows, {len(faults)} faults", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
