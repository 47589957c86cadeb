"""A reader who wants to know the hidden numbers: every one that agrees with all that is published.

Nothing is shared with the rules that hide numbers. What is published is read as text; numbers are
whole, groups add up or overlap, and what the rules say of a number that is not shown is known too.
The ends of what a number may be are found by integer programming (scipy's HiGHS).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from queries.suppression import Group

BEYOND = 10**6
MET, UNMET = 0, 1
NUMBERS = {"total": (MET, UNMET), "met": (MET,), "unmet": (UNMET,)}
Text = tuple[str, str, str]
"""Total, met and not met, as published."""
Row = tuple[dict[int, float], float, float]


@dataclass(frozen=True)
class Published:
    """All that can be read at one time: the whole, the groups it is divided into, and groups that
    may share people."""

    whole: Text
    parts: Mapping[str, Text]
    overlapping: Mapping[str, Text]

    @property
    def places(self) -> list[tuple[str, str]]:
        """Every group there is: its kind and name."""
        named = [("part", name) for name in self.parts]
        return [("whole", ""), *named, *(("overlapping", name) for name in self.overlapping)]


def narrow(published: Published, truth: Mapping[tuple[str, str], Group]) -> list[str]:
    """The numbers from 1 to 4 that a reader knows to lie within fewer than four values."""
    rows = list(_rows(published))
    size = 2 * len(published.places)
    matrix = np.zeros((len(rows), size))
    for place, (terms, _, _) in enumerate(rows):
        for column, factor in terms.items():
            matrix[place, column] += factor
    known = LinearConstraint(matrix, [low for _, low, _ in rows], [high for *_, high in rows])
    found = []
    for place, group in enumerate(truth[key] for key in published.places):
        for name, value in (("total", group.total), ("met", group.met), ("unmet", group.unmet)):
            if 1 <= value <= 4:
                low, high = _ends(known, size, [2 * place + part for part in NUMBERS[name]])
                assert low <= value <= high, (published.places[place], name)
                if high - low < 3:
                    found.append(f"{published.places[place]} {name} {value} in {low}–{high}")
    return found


def _ends(known: LinearConstraint, size: int, columns: Sequence[int]) -> tuple[int, int]:
    goal = np.zeros(size)
    goal[columns] = 1
    ends = []
    for sign in (1, -1):
        solved = milp(
            sign * goal,
            constraints=known,
            bounds=Bounds(0, BEYOND),
            integrality=np.ones(size),
        )
        assert solved.success, solved.message
        ends.append(round(sign * solved.fun))
    return ends[0], ends[1]


def _rows(published: Published) -> Iterator[Row]:
    """Everything known as linear constraints on met and not met of each group."""
    places = published.places
    texts = [published.whole, *published.parts.values(), *published.overlapping.values()]
    tables = {"whole": [], "part": published.parts.values()}
    tables["overlapping"] = published.overlapping.values()
    for place, (kind, _) in enumerate(places):
        yield from _numbers(2 * place, texts[place])
        yield from _reasons(2 * place, texts[place], tables[kind])
    for part in (MET, UNMET):
        of = {kind: [2 * n + part for n, (k, _) in enumerate(places) if k == kind]
              for kind in ("part", "overlapping")}  # fmt: skip
        if of["part"]:
            yield {part: 1, **dict.fromkeys(of["part"], -1)}, 0, 0
        if of["overlapping"]:
            yield {part: 1, **dict.fromkeys(of["overlapping"], -1)}, -BEYOND, 0
        for column in of["overlapping"]:
            yield {part: 1, column: -1}, 0, BEYOND


def _numbers(first: int, text: Text) -> Iterator[Row]:
    """What is written: a number, <5, or ≥ something."""
    for written, parts in zip(text, NUMBERS.values(), strict=True):
        terms = {first + part: 1.0 for part in parts}
        if written == "<5":
            yield terms, 1, 4
        elif written.startswith("≥"):
            yield terms, _number(written[1:]), BEYOND
        elif written != "—":
            yield terms, _number(written), _number(written)


def _reasons(first: int, text: Text, table: Iterable[Text]) -> Iterator[Row]:
    """What a number is not, since it would be written otherwise.

    A hidden total beside shown ones is no number under five; so are the parts of a total that
    stands alone, where other groups are divided and neither part of it is <5. A total under nine
    would tell both, so one of its parts may be small without being written so.
    """
    table = [other for other in table if other != ("0", "0", "0")]
    total, met, unmet = text
    if total == "—" and any(other[0] != "—" for other in table):
        yield {first: 1, first + 1: 1}, 5, BEYOND
    divided = any(other[1] != "—" for other in table)
    if divided and total not in ("—", "<5") and (met, unmet) == ("—", "—"):
        least = 1 if _number(total) < 9 else 5
        yield {first: 1}, least, BEYOND
        yield {first + 1: 1}, least, BEYOND


def _number(text: str) -> int:
    return int(text.replace(",", ""))
