"""The parts of a change by hand, and that they always add up."""

import random
from fractions import Fraction

import pytest

from queries.change_parts import Parts, Side, change_parts


def test_three_parts_by_hand() -> None:
    """Ten stayed, of whom 4 and then 7 were met; of ten who left all were met, of thirty who came
    none. Counted as it was, 18 of 20 had been met on the earlier day."""
    then, now = Side((4, 10), (10, 10)), Side((7, 10), (0, 30))
    made = change_parts(then, now, (18, 20))
    assert made.real == pytest.approx(7 / 10 - 4 / 10)
    assert made.people == pytest.approx((7 / 40 - 7 / 10) + (4 / 10 - 14 / 20))
    assert made.definition == pytest.approx(14 / 20 - 18 / 20)
    assert made.total == pytest.approx(7 / 40 - 18 / 20)


def test_with_one_definition_nothing_comes_of_it() -> None:
    assert change_parts(Side((1, 2), (0, 0)), Side((2, 2), (0, 0))) == Parts(0.5, 0.5, 0.0, 0.0)


def test_where_nobody_stayed_the_same_peoples_change_is_unknown() -> None:
    made = change_parts(Side((0, 0), (1, 4)), Side((0, 0), (3, 4)))
    assert (made.total, made.real, made.people, made.definition) == (0.5, None, 0.5, 0.0)


@pytest.mark.parametrize(
    ("then", "now", "counted"),
    [
        (Side((0, 0), (0, 0)), Side((1, 2), (0, 0)), None),
        (Side((1, 2), (0, 0)), Side((0, 0), (0, 0)), None),
        (Side((1, 2), (0, 0)), Side((1, 2), (0, 0)), (0, 0)),
    ],
)
def test_over_nobody_nothing_is_known(then: Side, now: Side, counted: tuple[int, int]) -> None:
    assert change_parts(then, now, counted) == Parts()


def test_parts_always_add_up() -> None:
    chance = random.Random(11)
    for _ in range(3000):
        before, after = _side(chance), _side(chance)
        number = chance.randint(1, 40)
        counted = (chance.randint(0, number), number) if chance.random() < 0.5 else None
        made = change_parts(before, after, counted)
        then, now = before.all, after.all
        if made.total is None:
            assert not then[1] or not now[1]
            continue
        shown = counted or then
        exact = Fraction(*now) - Fraction(*shown)
        assert made.total == pytest.approx(float(exact), abs=1e-12)
        known = [part for part in (made.real, made.people, made.definition) if part is not None]
        assert sum(known) == pytest.approx(made.total, abs=1e-12)
        assert (made.real is None) == (not before.both[1] or not after.both[1])


def _side(chance: random.Random) -> Side:
    stayed, others = chance.randint(0, 30), chance.randint(0, 30)
    return Side((chance.randint(0, stayed), stayed), (chance.randint(0, others), others))
