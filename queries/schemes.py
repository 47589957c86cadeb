"""The schemes this installation evaluates by, read once from data/schemes.

`python -m queries.schemes` checks them all and says what is wrong with any.
"""

import sys
from functools import cache
from importlib.resources import files
from pathlib import PurePath

from data.errors import InvalidFilter, InvalidScheme
from data.locale.translate import t
from data.schemes.reading import read_scheme
from data.schemes.scheme import Scheme
from queries.catalog import CLAUSES, COMPARABLE
from queries.filters import Filters

FIRST = "building_year"
USABLE = tuple(metric.key for metric in COMPARABLE)
TEXTS = tuple(clause.text for clause in CLAUSES)


@cache
def schemes() -> dict[str, Scheme]:
    """Every scheme by its key; InvalidScheme with all that is wrong with any of them."""
    return read_all(
        {
            PurePath(file.name).stem: file.read_text(encoding="utf-8")
            for file in sorted(files("data.schemes").iterdir(), key=lambda one: one.name)
            if file.name.endswith(".toml")
        }
    )


def read_all(texts: dict[str, str]) -> dict[str, Scheme]:
    """The schemes of these texts by their keys, which are also their files' names."""
    found, refused = {}, []
    for key, text in texts.items():
        try:
            found[key] = read_scheme(text, f"{key}.toml", USABLE, clauses=TEXTS, others=texts)
        except InvalidScheme as refusal:
            refused.append(str(refusal))
    if refused:
        raise InvalidScheme("\n".join(refused))
    return found


def chosen_scheme(filters: Filters) -> Scheme:
    """The scheme of a slice, the annual one by building where none is chosen."""
    key = filters.scheme or FIRST
    if key not in schemes():
        raise InvalidFilter(t("没有这个评价方案：{value}", value=key))
    return schemes()[key]


def main() -> None:
    """Say which schemes there are, or leave with what is wrong with them."""
    try:
        names = [f"{scheme.key} {scheme.version}：{scheme.name}" for scheme in schemes().values()]
    except InvalidScheme as refusal:
        sys.exit(str(refusal))
    sys.stdout.write("\n".join([*names, ""]))


if __name__ == "__main__":
    main()
