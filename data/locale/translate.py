"""`t("中文")`: the Chinese source text, or its English from the gettext catalogue."""

from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Self

from babel.messages.pofile import read_po

CHINESE, ENGLISH = "zh", "en"
CATALOGUE = Path(__file__).parent / "en" / "LC_MESSAGES" / "messages.po"

language: ContextVar[str] = ContextVar("language", default=CHINESE)
"""The language of the request being answered."""


class Phrase(str):
    """A Chinese text of ours that remembers the template it was filled from: declared or found
    without regard to language, said by `t()` where it is shown.

    Of its values phrases are said in the reader's language too; others stay as they are.
    """

    __slots__ = ("template", "values")
    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> Self:
        """The text in Chinese."""
        made = super().__new__(cls, template.format(**values) if values else template)
        made.template, made.values = template, values
        return made


def t(text: str, /, **values: object) -> str:
    """The text in the current language, with `{names}` filled in."""
    if isinstance(text, Phrase):
        named = {k: t(v) if isinstance(v, Phrase) else v for k, v in text.values.items()}
        return t(text.template, **named)
    said = english().get(text, text) if language.get() == ENGLISH else text
    return said.format(**values) if values else said


@cache
def english() -> dict[str, str]:
    """Chinese source text → English, as far as translated."""
    if not CATALOGUE.exists():
        return {}
    with CATALOGUE.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string}
