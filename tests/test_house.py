"""The house rules that no other tool checks: what lies where, and what never gets in."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("app.py", "pages", "components", "queries", "data")
TOP = {*SHIPPED, "tests", "docs", ".ci", ".gitignore", "Makefile", "README.md"}
TOP |= {"pyproject.toml", "requirements.lock"}
BINARY = {".png", ".woff2", ".xlsx", ".xls", ".mo"}
PERSONAL = re.compile(
    r"(?<![\w.*/-])/(?:work|root|home|Users)/\w"  # a path of somebody's machine
    r"|\b(?:pypi|pythonhosted|npmjs|npmmirror|deb\.debian)\b|\bmirrors?\.\w+\.(?:edu|com)"
    r"|\.\./shared/"
)
ADDRESS = re.compile(r"(?:https?:)?//((?:[\w-]+\.)+[a-z]{2,})")
NEVER_FETCHED = {"www.w3.org"}  # names of XML vocabularies
LOCKED = re.compile(
    r"^([a-z0-9._-]+)==[^ ]+(?: ; .+)? \\\n(?: +--hash=sha256:[0-9a-f]{64}.*\n)+", re.M
)


def kept() -> list[Path]:
    """Every file of ours that is, or is about to be, in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("这里不是 git 仓库,无从知道哪些文件属于它")
    paths = [Path(name) for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if (ROOT / path).is_file()]


def ours(*tops: str) -> dict[str, str]:
    """The text of the files under these top-level names, without what others published."""
    return {
        str(path): (ROOT / path).read_text("utf-8")
        for path in kept()
        if "vendor" not in path.parts and path.suffix not in BINARY
        if not tops or path.parts[0] in tops
    }


def modules() -> dict[str, ast.Module]:
    return {name: ast.parse(text) for name, text in ours().items() if name.endswith(".py")}


def test_the_top_level_stays_as_small_as_it_is() -> None:
    assert {path.parts[0] for path in kept()} <= TOP


def test_every_module_says_what_it_is_for() -> None:
    assert [name for name, tree in modules().items() if not ast.get_docstring(tree)] == []


def test_packages_only_describe_themselves() -> None:
    packages = {name: tree for name, tree in modules().items() if name.endswith("__init__.py")}
    assert [name for name, tree in packages.items() if len(tree.body) != 1] == []


def test_nothing_tells_whose_machine_or_registry_it_came_from() -> None:
    mine = str(Path(__file__).relative_to(ROOT))
    found = {name: PERSONAL.findall(text) for name, text in ours().items() if name != mine}
    assert {name: words for name, words in found.items() if words} == {}


def test_the_product_addresses_no_other_host() -> None:
    found = {name: {*ADDRESS.findall(text)} for name, text in ours(*SHIPPED).items()}
    assert {name: hosts for name, hosts in found.items() if hosts - NEVER_FETCHED} == {}


def test_published_styles_fetch_only_what_lies_beside_them() -> None:
    for sheet in (ROOT / "components/assets/vendor").rglob("*.css"):
        text = sheet.read_text("utf-8")
        assert not re.search("@import|sourceMappingURL", text)
        urls = re.findall(r"url\(\"?([^)\"]+)", text)
        assert all(url.startswith("data:") or (sheet.parent / url).exists() for url in urls)


def test_chinese_for_charts_has_the_version_of_the_charts() -> None:
    readme = (ROOT / "components/assets/vendor/README.md").read_text("utf-8")
    assert f"plotly.js {get_plotlyjs_version()}," in readme


def test_every_dependency_says_why_and_is_locked_with_hashes() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    assert [w for w in wanted if not re.search(f'"{re.escape(w)}", +# \\w', text)] == []
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    locked = {found.group(1) for found in LOCKED.finditer(lock)}
    assert {re.split(r"[\[<>=]", w)[0] for w in wanted} <= locked
    assert re.sub(r"^ +# .*\n", "", LOCKED.sub("", lock), flags=re.M) == ""
