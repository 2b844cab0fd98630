"""Reads pickles without running anything that they contain.

A pickle is a program. This goes through its opcodes and makes plain values, containers and whatever its caller admits
by name; all else that a file asks for is refused by name. Standard library of Python 3.9 or later.
"""

import itertools
import pickletools
import typing

DOWNLOAD_AGAIN = "download the file again, or write it anew where it was made"


class Refused(Exception):
    """The file cannot be converted; the message says what was found and what to do."""

    def __init__(self, found, remedy=DOWNLOAD_AGAIN):
        super().__init__(f"{found}; {remedy}")


class Dictionary:
    """A dictionary as a list of pairs. Nothing hashes the keys, which a file can make last for ever."""

    __slots__ = ("pairs",)

    def __init__(self, pairs=None):
        self.pairs = [] if pairs is None else pairs

    def get(self, name):
        return next((value for key, value in self.pairs if key == name), None)


class Rules(typing.NamedTuple):
    """What a kind of file may contain."""

    subject: str  # what messages call it: "checkpoint"
    content: str  # what it should hold: "tensor, number, string or container"
    remedy: str  # against content of another kind
    admitted: dict  # "module.name": the value or function that stands for it here
    build: typing.Callable  # (object, state) -> object, for BUILD
    refer: typing.Callable  # (persistent id) -> object
    max_opcodes: int


def shown(value):
    """A value of the file as a message shows it: printable and short."""
    text = repr(value) if isinstance(value, (str, int, float)) else f"a {type(value).__name__.lower()}"
    return text if len(text) <= 120 else text[:117] + "..."


def admitted(module_and_name, rules):
    name = ".".join(module_and_name)
    if name not in rules.admitted:
        raise Refused(f"the {rules.subject} asks for {shown(name)}, which is not a {rules.content}", rules.remedy)
    return rules.admitted[name]


def called(values):
    function, arguments = values
    return function(*arguments)


def extended(values):
    target, *items = values
    target.extend(items)
    return target


def with_items(values):
    target, *items = values
    if len(items) % 2:
        raise ValueError("a key without a value")
    target.pairs.extend(zip(items[::2], items[1::2]))
    return target


# Opcodes that put their argument on the stack, those that put something new there, and those that replace its top by
# one value: (what makes it, from how many or, for those TO_MARK, from all above the last mark and so many below).
ARGUMENT = set("INT BININT BININT1 BININT2 LONG LONG1 LONG4 BINFLOAT BINUNICODE SHORT_BINUNICODE BINUNICODE8".split())
ARGUMENT |= set("BINBYTES SHORT_BINBYTES BINBYTES8 BYTEARRAY8".split())
NEW = {"NONE": lambda: None, "NEWTRUE": lambda: True, "NEWFALSE": lambda: False}
NEW |= {"EMPTY_TUPLE": tuple, "EMPTY_LIST": list, "EMPTY_SET": list, "EMPTY_DICT": Dictionary}
REPLACE = {"TUPLE1": (tuple, 1), "TUPLE2": (tuple, 2), "TUPLE3": (tuple, 3)}
REPLACE |= {"APPEND": (extended, 2), "SETITEM": (with_items, 3), "REDUCE": (called, 2)}
TO_MARK = {"TUPLE": (tuple, 0), "FROZENSET": (list, 0)}
TO_MARK |= {"APPENDS": (extended, 1), "ADDITEMS": (extended, 1), "SETITEMS": (with_items, 1)}


def load_pickle(stream, rules):
    """One pickle of the stream, made of plain values, Dictionary and what the rules admit."""
    replace = {
        **REPLACE,
        "STACK_GLOBAL": (lambda values: admitted(values, rules), 2),
        "BUILD": (lambda values: rules.build(*values), 2),
    }
    stack, marks, memo = [], [], {}
    for opcode, argument, _ in itertools.islice(pickletools.genops(stream), rules.max_opcodes):
        name = opcode.name
        if name in ARGUMENT:
            stack.append(argument)
        elif name in NEW:
            stack.append(NEW[name]())
        elif name in replace or name in TO_MARK:
            make, count = replace.get(name) or TO_MARK[name]
            start = (len(stack) if name in replace else marks.pop()) - count
            if start < 0:
                raise ValueError(f"{name} takes more than there is")
            stack[start:] = [make(stack[start:])]
        elif name == "MARK":
            marks.append(len(stack))
        elif name in ("BINPUT", "LONG_BINPUT", "MEMOIZE"):
            memo[len(memo) if name == "MEMOIZE" else argument] = stack[-1]
        elif name in ("BINGET", "LONG_BINGET"):
            stack.append(memo[argument])
        elif name == "GLOBAL":
            stack.append(admitted(argument.split(" ", 1), rules))
        elif name == "BINPERSID":
            stack.append(rules.refer(stack.pop()))
        elif name in ("BINSTRING", "SHORT_BINSTRING"):  # Python 2; pickletools reads them as Latin-1
            stack.append(argument.encode("latin1").decode("utf-8"))
        elif name == "STOP":
            return stack.pop()
        elif name not in ("PROTO", "FRAME"):
            raise Refused(f"the pickle has the opcode {name}, which a {rules.subject} does not need", rules.remedy)
    raise Refused(f"a pickle has more than {rules.max_opcodes} opcodes", rules.remedy)
