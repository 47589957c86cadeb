"""Where in a TOML file a value stands: the standard parser tells it of faulty syntax only."""

import re

Path = tuple[str | int, ...]
"""The way to a value from the top: names of tables and fields, numbers within arrays of tables."""
HEADER = re.compile(r"^\s*(\[\[?)\s*([\w-]+(?:\s*\.\s*[\w-]+)*)\s*\]")
FIELD = re.compile(r"^\s*[\"']?([\w-]+)[\"']?\s*=")


def lines_of(text: str) -> dict[Path, int]:
    """The line, from 1, of every table with a header of its own and of every field that begins a
    line. Of what stands within a line nothing is known: `line_at` gives that line."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    here: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := HEADER.match(line):
            here = _entered(header.group(2), header.group(1) == "[[", counts)
            found.setdefault(here, number)
        elif field := FIELD.match(line):
            found.setdefault((*here, field.group(1)), number)
    return found


def line_at(found: dict[Path, int], path: Path) -> int:
    """The line of a value, or of the nearest thing around it that has one."""
    while path and path not in found:
        path = path[:-1]
    return found.get(path, 1)


def _entered(header: str, many: bool, counts: dict[Path, int]) -> Path:
    """The path of a header: of each array of tables on the way, the table begun last."""
    path: Path = ()
    names = [name.strip() for name in header.split(".")]
    for place, name in enumerate(names, start=1):
        path = (*path, name)
        if many and place == len(names):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path
