"""The schemes this installation evaluates by, read once from data/schemes."""

from functools import cache
from importlib.resources import files

from data.errors import InvalidFilter
from data.locale.translate import t
from data.schemes.reading import read_scheme
from data.schemes.scheme import Scheme
from queries.filters import Filters

FIRST = "building_year"


@cache
def schemes() -> dict[str, Scheme]:
    """Every scheme by its key."""
    found = [
        read_scheme(file.read_text(encoding="utf-8"))
        for file in sorted(files("data.schemes").iterdir(), key=lambda one: one.name)
        if file.name.endswith(".toml")
    ]
    return {scheme.key: scheme for scheme in found}


def chosen_scheme(filters: Filters) -> Scheme:
    """The scheme of a slice, the annual one by building where none is chosen."""
    key = filters.scheme or FIRST
    if key not in schemes():
        raise InvalidFilter(t("没有这个评价方案：{value}", value=key))
    return schemes()[key]
