#!/usr/bin/env python3
"""Checks the include rules of the architecture (docs/dev/architecture.md) by reading every `#include`.

    check_includes.py [ROOT]

Which module may include which, which third-party headers belong to which folder, no cycles between folders at any
level. Prints one line a breach, `file:line: message`, and ends with 1 when there is one. Standard library only.
"""

import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

SOURCE_FOLDERS = ("core", "models", "render", "app", "tests", "benchmarks")
SOURCE_SUFFIXES = {".h", ".hpp", ".cpp", ".cc", ".inc", ".cu", ".cuh"}

# Own modules that a folder may include. Longest prefix wins; a folder may always include itself.
MAY_INCLUDE = {
    "core": (),
    "models": ("core",),
    "render": ("core",),
    "app": ("render", "core"),
    "benchmarks": ("render", "core"),
    "benchmarks/render_bench.cpp": ("render", "core", "tests/render", "tests/support"),  # bound like tests/render
    "tests/core": ("core", "tests/support"),
    "tests/models": ("models", "core", "tests/support"),
    "tests/render": ("render", "core", "tests/support"),
    "tests/app": ("app", "render", "core", "tests/render", "tests/support"),
    "tests/support": ("core",),
}

# Parts of core that the engine-only build needs: the standard library, POSIX, fmt and nlohmann-json alone.
PLAIN_CORE = ("core/base", "core/skeleton", "core/text", "core/engine")
PLAIN_HEADER = re.compile(
    r"[a-z_0-9]+|c?(assert|ctype|errno|float|limits|locale|math|setjmp|signal|stdarg|stddef|stdint|stdio|stdlib|string"
    r"|time|wchar)\.h|(dlfcn|fcntl|pthread|pwd|sched|unistd)\.h|sys/[a-z_]+\.h|fmt/.+|nlohmann/.+"
)


@dataclass(frozen=True)
class Owner:
    """Third-party headers that only some folders may include."""

    name: str
    pattern: re.Pattern
    folders: tuple[str, ...]


OWNERS = (
    Owner("LibTorch", re.compile(r"(torch|ATen|c10|caffe2)/"), ("models", "tests/models")),
    Owner("OpenGL", re.compile(r"(epoxy|GL|GLES\d?|EGL|KHR)/|glad"),
          ("render", "tests/render", "benchmarks/render_bench.cpp")),
    Owner("Dear ImGui", re.compile(r"(imgui/)?(imgui|imconfig|imstb)\w*\.h"), ("render", "tests/render")),
    Owner("libcurl", re.compile(r"curl/"), ("core/endpoint",)),
    Owner("expat", re.compile(r"expat\.h"), ("core/formats/tables",)),
    Owner("Boost", re.compile(r"boost/"), ("core/live",)),
    Owner("oscpack", re.compile(r"oscpack/"), ("core/live", "tests/core/live")),
    Owner("CUDA", re.compile(r"(cuda|cudnn|cublas|nv)\w*\.h|cub/|thrust/"),
          ("models/cuda/kernels", "models/cuda/library", "tests/models/cuda/simulated")),
    Owner("Qt", re.compile(r"(Qt\w+/)?Q[A-Z]\w*(/|$)|Qt\w*(/|$)|q[a-z]+\.h$"), ("app", "tests/app")),
)
WITHOUT_QT = ("app/cli", "tests/app/cli")  # the command line makes no QApplication
WITHOUT_TORCH = ("models/cuda", "tests/models/cuda/simulated")  # raw pointers, so that no LibTorch is needed to build it


@dataclass(frozen=True)
class Include:
    file: str  # relative to the root
    line: int
    target: str
    angled: bool

    @property
    def folder(self) -> str:
        return self.file.rpartition("/")[0]

    def says(self, message: str) -> str:
        return f"{self.file}:{self.line}: {message}"


def inside(path: str, folders: tuple[str, ...]) -> bool:
    return any(path == folder or path.startswith(folder + "/") for folder in folders)


def read_includes(root: Path) -> list[Include]:
    pattern = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
    includes = []
    for top in SOURCE_FOLDERS:
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in SOURCE_SUFFIXES or not file.is_file():
                continue
            name = file.relative_to(root).as_posix()
            for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                if match := pattern.match(line):
                    includes.append(Include(name, number, match[2], match[1] == "<"))
    return includes


def module_of(path: str, rules: dict[str, tuple[str, ...]]) -> str | None:
    fitting = [folder for folder in rules if inside(path, (folder,))]
    return max(fitting, key=len, default=None)


def own_include(include: Include) -> bool:
    return not include.angled and include.target.split("/")[0] in SOURCE_FOLDERS


def module_breaches(includes: list[Include]) -> list[str]:
    breaches = []
    for include in filter(own_include, includes):
        module = module_of(include.file, MAY_INCLUDE)
        if module is None:
            continue
        allowed = (module, *MAY_INCLUDE[module])
        if not inside(include.target, allowed):
            breaches.append(include.says(f"{module} may not include {include.target}; allowed: {', '.join(allowed)}"))
    return breaches


def owner_breaches(includes: list[Include]) -> list[str]:
    breaches = []
    for include in includes:
        if own_include(include):
            continue
        for owner in OWNERS:
            if not owner.pattern.match(include.target):
                continue
            if not inside(include.file, owner.folders):
                where = " and ".join(owner.folders)
                breaches.append(include.says(f"{owner.name} ({include.target}) belongs to {where} alone"))
            elif owner.name == "Qt" and inside(include.file, WITHOUT_QT):
                breaches.append(include.says(f"the command line is free of Qt ({include.target})"))
            elif owner.name == "LibTorch" and inside(include.file, WITHOUT_TORCH):
                breaches.append(include.says(f"the library for GPUs is free of LibTorch ({include.target})"))
    return breaches


def plain_core_breaches(includes: list[Include]) -> list[str]:
    breaches = []
    for include in includes:
        if not inside(include.file, PLAIN_CORE):
            continue
        if include.angled and not PLAIN_HEADER.fullmatch(include.target):
            breaches.append(include.says(f"<{include.target}>: this part of core uses the standard library, POSIX, fmt "
                                         "and nlohmann-json alone"))
        if own_include(include) and inside(include.target, ("core",)) and not inside(include.target, PLAIN_CORE):
            breaches.append(include.says(f"{include.target}: the engine-only build has no such part of core"))
    return breaches


def path_breaches(includes: list[Include], root: Path) -> list[str]:
    """Own headers are named from the root, so that a line says where the header lies."""
    breaches = []
    for include in includes:
        if include.angled or own_include(include) or include.target.endswith(".moc"):
            continue
        if (root / include.folder / include.target).exists():
            full = f"{include.folder}/{include.target}"
            breaches.append(include.says(f'"{include.target}": name it from the root, "{full}"'))
    return breaches


def sibling_graphs(includes: list[Include]) -> dict[str, dict[str, dict[str, Include]]]:
    """For each folder the edges between its sub-folders, each with one include that makes it.

    The files directly in a folder are its interface and its wiring: they stand on both sides of its sub-folders and
    are left to the check of single files.
    """
    graphs: dict[str, dict[str, dict[str, Include]]] = defaultdict(lambda: defaultdict(dict))
    for include in filter(own_include, includes):
        source, target = include.file.split("/")[:-1], include.target.split("/")[:-1]
        shared = 0
        while shared < min(len(source), len(target)) and source[shared] == target[shared]:
            shared += 1
        if shared < len(source) and shared < len(target):
            graphs["/".join(source[:shared])][source[shared]].setdefault(target[shared], include)
    return graphs


def file_graph(includes: list[Include]) -> dict[str, dict[str, Include]]:
    graph: dict[str, dict[str, Include]] = defaultdict(dict)
    for include in filter(own_include, includes):
        graph[include.file].setdefault(include.target, include)
    return graph


def find_cycle(graph: dict[str, dict[str, Include]]) -> list[Include]:
    """The includes along one cycle, or an empty list (depth-first search)."""
    done: set[str] = set()

    def visit(node: str, path: list[str]) -> list[Include]:
        if node in path:
            loop = path[path.index(node):] + [node]
            return [graph[a][b] for a, b in zip(loop, loop[1:])]
        if node in done:
            return []
        for target in sorted(graph.get(node, {})):
            if found := visit(target, path + [node]):
                return found
        done.add(node)
        return []

    for start in sorted(graph):
        if found := visit(start, []):
            return found
    return []


def cycle_breaches(includes: list[Include]) -> list[str]:
    graphs = {f"folders of {parent or 'the root'}": graph for parent, graph in sorted(sibling_graphs(includes).items())}
    graphs["files"] = file_graph(includes)
    breaches = []
    for title, graph in graphs.items():
        if cycle := find_cycle(graph):
            steps = "; ".join(step.says(f"includes {step.target}") for step in cycle)
            breaches.append(f"cycle between {title}: {steps}")
    return breaches


def breaches_in(root: Path) -> list[str]:
    includes = read_includes(root)
    return [
        *module_breaches(includes),
        *owner_breaches(includes),
        *plain_core_breaches(includes),
        *path_breaches(includes, root),
        *cycle_breaches(includes),
    ]


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    if not (root / "core").is_dir():
        print(f"{root} is not the root of the source tree (no folder core)", file=sys.stderr)
        return 2
    breaches = breaches_in(root)
    for breach in breaches:
        print(breach)
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
