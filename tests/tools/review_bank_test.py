#!/usr/bin/env python3
"""tools/review_bank.py as a program: each kind of fault is named by row and column, and the bundled bank has none."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ("head", "hands", "torso", "legs", "start", "middle", "end", "global")


def row(label, **changed):
    """A row without fault whose sentences are its own, but for those that are given."""
    cells = {column: f"the {column} does what {label} needs of it" for column in COLUMNS}
    cells.update(changed)
    return "\t".join((label, *cells.values()))


def review(*rows, header="\t".join(("label", *COLUMNS))):
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "bank.tsv"
        table.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
        return run(table)


def run(table):
    command = [sys.executable, str(ROOT / "tools" / "review_bank.py"), str(table)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


class ReviewBank(unittest.TestCase):
    def expect_fault(self, result, line):
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        self.assertIn(line, result.stdout.splitlines())

    def test_the_bundled_bank_has_no_fault(self):
        result = run(ROOT / "resources" / "descriptions" / "bank.tsv")
        self.assertEqual((result.returncode, result.stdout), (0, ""))

    def test_a_table_without_fault_is_silent(self):
        result = review(row("turn left"), row("turn right"), row("wave"))
        self.assertEqual((result.returncode, result.stdout), (0, ""))

    def test_fields_are_counted(self):
        self.expect_fault(review(row("wave"), "jump\tonly one"), 'row 3 "jump", columns: 2 of 9')
        self.expect_fault(review(row("wave", torso="")), 'row 2 "wave", torso: is missing')
        header = review(row("wave"), header="label\tglobal")
        self.assertIn('row 1 "", header: expected the tab-separated columns', header.stdout)

    def test_sentences_are_read_one_by_one(self):
        self.expect_fault(review(row("wave", head="it nods")), 'row 2 "wave", head: has 2 words, expected 4 to 26')
        self.expect_fault(review(row("wave", legs="on " * 26 + "on")),
                          'row 2 "wave", legs: has 27 words, expected 4 to 26')
        self.expect_fault(review(row("wave", end="the arm comes down.")), "row 2 \"wave\", end: ends with '.'")
        self.expect_fault(review(row("wave", end="the Arm comes down")),
                          'row 2 "wave", end: is not in lower case: the Arm comes down')
        self.expect_fault(review(row("wave", end="the arm  comes down")),
                          'row 2 "wave", end: has outer or double spaces')

    def test_sameness_is_found_within_a_row_and_between_rows(self):
        self.expect_fault(review(row("wave", start="the hand goes up", end="The hand, goes up")),
                          "row 2 \"wave\", end: is the sentence of 'start' again")
        same = {"global": "a person waves one hand"}
        self.expect_fault(review(row("wave", **same), row("greet", **same)),
                          'row 3 "greet", global: is that of row 2 "wave"')
        six = {column: f"the {column} stays as it is" for column in COLUMNS[:6]}
        self.expect_fault(review(row("wave", **six), row("greet", **six)),
                          'row 3 "greet", head, hands, torso, legs, start, middle: are those of row 2 "wave"')
        self.expect_fault(review(row("wave"), row("Wave!")), 'row 3 "Wave!", label: stands in row 2 already')

    def test_opposites_must_differ_where_it_matters(self):
        same = {"middle": "the hand moves along the line"}
        self.expect_fault(review(row("swipe left", **same), row("swipe right", **same)),
                          'row 2 "swipe left", middle: is as in the opposite "swipe right" (row 3)')
        five = {column: f"the {column} stays as it is" for column in COLUMNS[:5]}
        self.expect_fault(review(row("put on a hat", **five), row("take off a hat", **five)),
                          'row 2 "put on a hat", head, hands, torso, legs, start: are as in the opposite '
                          '"take off a hat" (row 3)')
        self.expect_fault(review(row("lean left", **{"global": "a person leans to the right"}), row("lean right")),
                          "row 2 \"lean left\", global: names 'right' alone, the opposite of the label's 'left'")

    def test_an_unreadable_table_is_bad_usage(self):
        result = run("no/such.tsv")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn("no/such.tsv", result.stderr)


if __name__ == "__main__":
    unittest.main()
