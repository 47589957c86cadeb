"""Which program made the numbers: its version and a hash over the files that decide them."""

import ast
import hashlib
import platform
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from data.seals.canonical import canonical, digest

ROOT = Path(__file__).parents[2]
START = "queries/evaluation.py"
"""Everything of ours that it imports, step by step, decides a score: rules, definitions, rights."""
FOLDERS = ("data/schemes", "data/summaries")
"""So do schemes, and what the definitions count."""
OURS = ("queries", "data")
KINDS = {".py", ".toml"}
LIBRARIES = ("numpy", "pandas", "scipy", "sqlalchemy")


@cache
def code_version() -> dict[str, Any]:
    """`version, python, libraries` (versions by name), `files` (SHA-256 by path), and `sha256` over
    all of `files`. Line endings count as one, since a checkout may change them."""
    files = dict(_files())
    about = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {
        "version": about["project"]["version"],
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "files": files,
        "sha256": digest(canonical(files)),
    }


def _files() -> Iterator[tuple[str, str]]:
    """Every file that decides a score, with its hash."""
    held = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    paths = {path for path in held if path.suffix in KINDS and path.is_file()}
    for path in sorted(paths | _imported(ROOT / START)):
        text = path.read_bytes().replace(b"\r\n", b"\n")
        yield path.relative_to(ROOT).as_posix(), hashlib.sha256(text).hexdigest()


def _imported(start: Path) -> set[Path]:
    """A file and all of ours that it imports, directly or through others."""
    found: set[Path] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [ROOT / name for name in _names(path) if (ROOT / name).is_file()]
    return found


def _names(path: Path) -> Iterator[str]:
    """Files that a file's import statements may mean, whether they exist or not."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
        elif isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        else:
            continue
        yield from (f"{name.replace('.', '/')}.py" for name in names if name.split(".")[0] in OURS)


code_version()  # now, since files may be replaced under a running server
