"""Every Chinese sentence a reader can meet has an English one, and none is left over."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import app
from components.figures.palette import NONE
from components.panels.help import TEXT
from components.panels.lists import MISSING
from components.tables import TERMS
from data.access.viewer import ROLES
from data.locale.translate import CHINESE, ENGLISH, english, language, t
from queries.catalog import CLAUSES, METRICS
from queries.choices import NEVER_REFRESHED

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    ROOT / "app.py",
    *(p for d in ("pages", "components", "queries", "data") for p in (ROOT / d).rglob("*.py")),
]
LATIN_TOO = re.compile(r"^[\x00-\x7f]*$")


def literals() -> Iterator[str]:
    """What stands in the source as t("…")."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name("t"), args=[ast.Constant(str(text)), *_]):
                    yield text


def declared() -> Iterator[str]:
    """What is declared as data and translated where it is shown."""
    for m in METRICS:
        yield from (m.name, m.definition, m.numerator, m.denominator, m.excluded, m.unit, m.clause)
    for clause in CLAUSES:
        yield from (clause.text, clause.held)
    for page in app.PAGES:
        yield from (page.name, page.question)
    for block in app.BLOCKS.values():
        yield from (block.title, *(c.heading for c in block.columns))
    for title, lines in TEXT:
        yield from (title, *lines)
    yield from (*ROLES.values(), *MISSING.values(), *TERMS, NONE.name, NEVER_REFRESHED)


def said() -> set[str]:
    """Every source text; what is Latin in Chinese too needs no translation."""
    return {text for text in (*literals(), *declared()) if text and not LATIN_TOO.match(text)}


def test_the_catalogue_is_exactly_what_is_said() -> None:
    assert set(english()) == said()


def test_translations_keep_the_names_to_be_filled_in() -> None:
    for source, target in english().items():
        assert set(re.findall(r"\{\w+\}", source)) == set(re.findall(r"\{\w+\}", target)), source


def test_no_translation_is_chinese() -> None:
    left = [e for e in english().values() if re.search("[\u4e00-\u9fff]", e.replace("中文", ""))]
    assert left == []


@pytest.mark.parametrize(("spoken", "expected"), [(CHINESE, "没有数据"), (ENGLISH, "No data")])
def test_t_says_it_in_the_language_of_the_request(spoken: str, expected: str) -> None:
    token = language.set(spoken)
    try:
        assert t("没有数据") == expected
    finally:
        language.reset(token)
