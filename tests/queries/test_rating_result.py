"""The result of one item by hand: means, thresholds, third raters, groups, agreements, terms."""

from itertools import permutations
from math import isnan, sqrt

import pytest

from data.schemes.scheme import RATING, Source
from queries.rating_result import AGREED, APART, DONE, NONE, SHORT, Given, over_terms, settled

TWO = Source(RATING, "x", raters=2, threshold=10.0)
WEIGHED = Source(
    RATING, "x", raters=2, threshold=10.0, groups=(("自评", 20.0), ("专家", 50.0), ("学生", 30.0))
)


def given(*scores: float) -> list[Given]:
    return [Given(score) for score in scores]


@pytest.mark.parametrize(
    ("scores", "value", "used", "state"),
    [
        ((80, 90), 85, 2, DONE),  # exactly the threshold
        ((80, 90.1), None, 2, APART),
        ((85.3, 75.3), 80.3, 2, DONE),  # 85.3 - 75.3 is more than 10 in floating point
        ((70, 85, 80), 82.5, 2, DONE),  # the two closest
        ((70, 80, 90), 80, 3, DONE),  # equally close: the median
        ((50, 72, 90), 81, 2, DONE),  # the two closest, although themselves far apart
        ((80, 84, 88), 84, 3, DONE),  # all within the threshold: their mean, not the closest
        ((60, 80, 83, 82), 82.5, 2, DONE),  # 82 and 83, and not 80
        ((60, 61, 90, 91), 75.5, 4, DONE),  # two pairs equally close: the median
        ((70, 70, 70, 95), 70, 4, DONE),  # ties: two pairs of nothing, the median
        ((88,), None, 1, SHORT),
        ((), None, 0, NONE),
        ((0, 0), 0, 2, DONE),
    ],
)
def test_what_scores_come_to(
    scores: tuple[float, ...], value: float | None, used: int, state: str
) -> None:
    found = settled(given(*scores), TWO)
    assert (found.state, found.used) == (state, used)
    assert isnan(found.value) if value is None else found.value == pytest.approx(value)
    assert found.asked == max(2, len(scores))
    assert found.missing == max(2 - len(scores), 0)
    assert bool(found.why) == (value is None)


@pytest.mark.parametrize("scores", [(70, 85, 80), (70, 80, 90), (60, 80, 83, 82), (80, 91)])
def test_the_order_of_raters_makes_no_difference(scores: tuple[float, ...]) -> None:
    results = {str(settled(given(*one), TWO)) for one in permutations(scores)}
    assert len(results) == 1


def test_why_there_is_no_result() -> None:
    assert settled(given(70, 85), TWO).why == "两位评分人相差 15 分，待第三人评分或商议"
    assert settled(given(70, 85), TWO).gap == 15
    assert settled(given(70), TWO).why == "还缺 1 位评分人"
    assert settled([], TWO).why == "还缺 2 位评分人"


def test_what_was_agreed_wins_over_all() -> None:
    for scores in ((), (70,), (70, 85), (80, 84)):
        found = settled(given(*scores), TWO, agreed=77.0)
        assert (found.state, found.value, found.error) == (AGREED, 77.0, 0.0)
        assert (found.used, found.asked, found.why) == (len(scores), 2, "")


@pytest.mark.parametrize(
    ("raters", "scores", "state"),
    [(1, (70,), DONE), (3, (70, 71), SHORT), (3, (70, 71, 72), DONE), (1, (70, 95), APART)],
)
def test_as_many_as_the_scheme_asks_for(raters: int, scores: tuple[float, ...], state: str) -> None:
    source = Source(RATING, "x", raters=raters, threshold=10.0)
    assert settled(given(*scores), source).state == state


def test_error_between_raters() -> None:
    """80 and 90: s = 7.07, over the root of 2. Of 70, 85, 80 the variance is 58.3: all three count,
    also 70, which is left out of the result."""
    assert settled(given(80, 90), TWO).error == pytest.approx(5)
    assert settled(given(70, 85, 80), TWO).error == pytest.approx(sqrt(175 / 3 / 3))
    assert isnan(settled(given(70, 85), TWO).error)
    assert isnan(settled(given(70), Source(RATING, "x", raters=1)).error)


def test_groups_are_weighed_over_those_present() -> None:
    ratings = [Given(95, "自评"), Given(80, "专家"), Given(84, "专家")]
    found = settled(ratings, WEIGHED)
    assert found.value == pytest.approx((20 * 95 + 50 * 82) / 70)
    assert (found.state, found.used, found.asked, found.absent) == (DONE, 3, 3, ("学生",))
    # the variance of the experts, 8, stands for that of all raters
    assert found.error == pytest.approx(sqrt(20**2 * 8 + 50**2 * 8 / 2) / 70)


def test_groups_may_see_differently_but_not_within() -> None:
    assert settled([Given(95, "自评"), Given(60, "专家")], WEIGHED).state == DONE
    found = settled([Given(95, "自评"), Given(70, "专家"), Given(90, "专家")], WEIGHED)
    assert (found.state, found.gap) == (APART, 20)
    third = [Given(95, "自评"), Given(70, "专家"), Given(90, "专家"), Given(86, "专家")]
    found = settled(third, WEIGHED)
    assert found.value == pytest.approx((20 * 95 + 50 * 88) / 70)
    assert (found.used, found.asked) == (3, 4)


def test_a_group_without_weight_is_not_heard() -> None:
    found = settled([Given(95, "部门"), Given(80, "")], WEIGHED)
    assert (found.state, found.used, found.missing) == (NONE, 0, 2)
    assert found.absent == ("自评", "专家", "学生")


def test_several_terms_are_their_mean() -> None:
    spring, autumn = settled(given(60, 64), TWO), settled(given(80, 90), TWO)
    found = over_terms([spring, autumn], shared=False)
    assert (found.value, found.used, found.asked) == (73.5, 4, 4)
    assert found.error == pytest.approx(sqrt(2**2 + 5**2) / 2)
    assert over_terms([spring, autumn], shared=True).error == pytest.approx(3.5)
    assert over_terms([autumn], shared=False) is autumn


def test_a_term_that_waits_does_not_hide_another() -> None:
    done, apart, short = (settled(given(*s), TWO) for s in ((80, 90), (70, 85), (70,)))
    found = over_terms([done, apart], shared=False)
    assert (found.state, found.value, found.gap) == (APART, 85, 15)
    found = over_terms([short, done], shared=False)
    assert (found.state, found.value, found.why) == (DONE, 85, "")
    found = over_terms([short, apart], shared=False)
    assert (found.state, isnan(found.value)) == (APART, True)
    assert "相差 15 分" in found.why
