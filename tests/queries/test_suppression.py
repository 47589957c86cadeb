"""What is shown of small counts by hand, and what a determined reader makes of it."""

import random
from collections.abc import Mapping
from typing import Any

import pytest

from queries.suppression import Group, alone, overlapping, parts, share, written
from tests.queries.attacking import Published, narrow


def group(text: str) -> Group:
    """`30-3` are 30, of whom 3 were not met."""
    total, unmet = map(int, text.split("-"))
    return Group(total, total - unmet)


def groups(text: str) -> dict[str, Group]:
    """Groups named a, b, c …"""
    return {chr(97 + n): group(one) for n, one in enumerate(text.split())}


def together(found: Mapping[str, Group]) -> Group:
    return Group(sum(g.total for g in found.values()), sum(g.met for g in found.values()))


@pytest.mark.parametrize(
    ("of", "expected", "rate"),
    [
        ("30-12", "30 18 12", "60.0%"),
        ("30-0", "30 30 0", "100.0%"),
        ("30-30", "30 0 30", "0.0%"),
        ("0-0", "0 0 0", "—"),
        ("1-0", "<5 — —", "—"),
        ("4-2", "<5 — —", "—"),
        ("5-0", "5 5 0", "100.0%"),
        ("5-1", "5 — —", "—"),  # <5 of 5 would tell of both parts
        ("8-4", "8 — —", "—"),
        ("9-4", "9 ≥5 <5", "≥55.5%"),
        ("9-5", "9 <5 ≥5", "≤44.5%"),
        ("10-5", "10 5 5", "50.0%"),
        ("1300-4", "1,300 ≥1,296 <5", "≥99.6%"),
        ("1300-1299", "1,300 <5 ≥1,296", "≤0.4%"),
    ],
)
def test_a_group_alone(of: str, expected: str, rate: str) -> None:
    one = group(of)
    assert " ".join(written(one, alone(one))) == expected
    assert share(one, alone(one)) == rate


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ("30-12 40-9 20-0", "30/12 40/9 20/0"),  # nothing is small
        ("30-3 40-12 12-2", "30/<5 40/12 12/<5"),  # 3 + 2: either may be 1 to 4
        ("30-1 40-12 12-1", "30/<5 40/— 12/<5"),  # 1 + 1 can be nothing else: 40 is hidden beside
        ("30-4 40-12 12-4", "30/<5 40/— 12/<5"),
        ("30-3 40-15 12-5", "30/<5 40/— 12/5"),  # 12 is smaller, but with 5 leaves no room
        ("30-3 40-15 26-9", "30/<5 40/15 26/—"),  # 26 is enough
        ("30-3 40-5 26-5", "30/— 40/— 26/—"),  # neither helps: no group is divided
        ("30-3 40-37", "30/<5 40/≥36"),  # 3 of 40 were met: the one gives the other room
        ("30-4 40-40", "30/— 40/—"),  # 4 would be left over
        ("30-4", "30/<5"),  # as the whole does
        ("3-0 40-0 50-0 60-0", "</— —/— 50/0 60/0"),  # its total would be what is left over
        ("3-0 2-0 50-0 60-0", "</— </— 50/0 60/0"),  # 3 + 2: either may be 1 to 4
        ("2-0 2-0 50-0 60-0", "</— </— —/— 60/0"),  # 4 would be left over
        ("3-1 2-1 50-9 60-9", "</— </— 50/— 60/9"),  # two of the five would be known
        ("7-3 40-15 40-9", "7/— 40/— 40/9"),
        ("6-0 0-0 40-9", "6/0 0/0 40/9"),
    ],
)  # fmt: skip
def test_groups_beside_each_other(of: str, expected: str) -> None:
    found = groups(of)
    shown = parts(together(found), found)
    texts = [written(found[name], how) for name, how in shown.items()]
    assert " ".join(f"{total.replace('<5', '<')}/{unmet}" for total, _, unmet in texts) == expected


@pytest.mark.parametrize(
    ("whole", "of", "expected"),
    [
        ("80-20", "60-12 20-6 20-8 0-0", "60/12 20/6 20/8 0/0"),
        ("80-20", "60-12 20-7 20-3 0-0", "60/12 20/7 20/<5 0/0"),  # at least 1 is not in the others
        ("80-20", "60-12 20-6 20-3 0-0", "60/— 20/— 20/— 0/0"),  # at least 2 are not
        ("80-20", "60-12 20-6 20-2 0-0", "60/— 20/— 20/— 0/0"),  # it would be 2
        ("90-20", "60-12 20-8 20-3 0-0", "60/12 20/8 20/<5 0/0"),
        ("99-20", "60-12 20-8 20-3 0-0", "60/— 20/— 20/— 0/0"),  # of 99 met few can be in two
        ("61-9", "60-9 3-1", "60/9 </—"),
        ("62-9", "60-9 3-1", "—/— —/—"),  # two are left over: 3 is at least 2
        ("3-0", "3-0 1-0", "—/— —/—"),
    ],
)  # fmt: skip
def test_groups_that_share_people(whole: str, of: str, expected: str) -> None:
    found = groups(of)
    shown = overlapping(group(whole), found)
    texts = [written(found[name], how) for name, how in shown.items()]
    assert " ".join(f"{total.replace('<5', '<')}/{unmet}" for total, _, unmet in texts) == expected


def published(whole: Group, own: dict[str, Group], kinds: dict[str, Group], *, bare: bool) -> Any:
    """All that is shown of a whole and its groups; `bare` hides nothing but small numbers."""
    shown, shown_kinds = parts(whole, own), overlapping(whole, kinds)
    if bare:
        shown, shown_kinds = ({k: alone(g) for k, g in of.items()} for of in (own, kinds))
    return Published(
        written(whole, alone(whole)),
        {name: written(own[name], how) for name, how in shown.items()},
        {name: written(kinds[name], how) for name, how in shown_kinds.items()},
    )


def campus(draw: random.Random) -> tuple[dict[str, Group], dict[str, Group]]:
    """Up to fifteen colleges of any size and share met, and the needs of their people."""
    size, met = draw.choice([3, 8, 15, 30, 100]), draw.choice([0, 0.05, 0.3, 0.8, 0.95, 1])
    often, weights = draw.choice([0, 0.05, 0.2]), [draw.random() ** 2 + 0.001 for _ in range(4)]
    own: dict[str, Group] = {}
    kinds = dict.fromkeys("pqrs", Group(0, 0))
    for number in range(draw.choice([1, 2, 3, 4, 8, 15])):
        people = [draw.random() < met for _ in range(draw.randint(0, size))]
        own[f"c{number:02}"] = Group(len(people), sum(people))
        for was_met in people:
            needs = {*draw.choices("pqrs", weights), *(k for k in "pqrs" if draw.random() < often)}
            for kind in needs:
                kinds[kind] = Group(kinds[kind].total + 1, kinds[kind].met + was_met)
    return own, kinds


@pytest.mark.parametrize("seed", range(120))
def test_no_reader_narrows_a_small_number(seed: int) -> None:
    own, kinds = campus(random.Random(seed))
    whole = together(own)
    truth = {("whole", ""): whole, **{("part", k): g for k, g in own.items()}}
    truth |= {("overlapping", k): g for k, g in kinds.items()}
    assert narrow(published(whole, own, kinds, bare=False), truth) == []


def test_a_reader_narrows_what_only_hides_small_numbers() -> None:
    """The test above can fail."""
    found = 0
    for seed in range(40):
        own, kinds = campus(random.Random(seed))
        whole = together(own)
        truth = {("whole", ""): whole, **{("part", k): g for k, g in own.items()}}
        truth |= {("overlapping", k): g for k, g in kinds.items()}
        found += bool(narrow(published(whole, own, kinds, bare=True), truth))
    assert found > 10
