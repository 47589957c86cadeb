"""`t("中文")`: the Chinese source text, or its English from the gettext catalogue."""

from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

CHINESE, ENGLISH = "zh", "en"
CATALOGUE = Path(__file__).parent / "en" / "LC_MESSAGES" / "messages.po"

language: ContextVar[str] = ContextVar("language", default=CHINESE)
"""The language of the request being answered."""


def t(text: str, /, **values: object) -> str:
    """The text in the current language, with `{names}` filled in."""
    said = english().get(text, text) if language.get() == ENGLISH else text
    return said.format(**values) if values else said


@cache
def english() -> dict[str, str]:
    """Chinese source text → English, as far as translated."""
    if not CATALOGUE.exists():
        return {}
    with CATALOGUE.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string}
