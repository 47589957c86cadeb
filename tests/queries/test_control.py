"""Control charts against published examples, and each rule on series small enough to see.

NIST/SEMATECH e-Handbook of Statistical Methods: 6.3.2.2 (individuals: ten flow rates), 6.3.3.2
(proportions: misregistered chips on 30 wafers of 50), 6.3.3.1 (counts: defects on 25 wafers).
Mohammed, Panesar, Laney and Wilson 2013, BMJ Quality & Safety 22: 362–368 (p′: attendances at
emergency departments seen within four hours, twenty weeks), as tabulated and drawn in Anhøj,
Mastering Statistical Process Control Charts in Healthcare, "Prime charts".
"""

import numpy as np
import pytest

from queries.control import Chart, Signal, p_chart, ratio_chart, signals, u_chart, xmr
from queries.control_chance import TABLE, chance_of_signal, expected_by_chance, simulated

FLOW: tuple[float, ...] = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)
CHIPS: tuple[int, ...] = (12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22)
CHIPS += (8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6)
DEFECTS: tuple[int, ...] = (16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14)
DEFECTS += (16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13)
SEEN: tuple[int, ...] = (266501, 264225, 276532, 281461, 269071, 261215, 270409, 279778, 270483)
SEEN += (270320, 267923, 271478, 255353, 256820, 261835, 259144, 255910, 260863, 264465, 260989)
CAME: tuple[int, ...] = (280443, 276823, 291681, 296155, 282343, 275888, 283867, 295251, 284468)
CAME += (282529, 279618, 283932, 266629, 268091, 276803, 271578, 266005, 273520, 278574, 273772)


def test_individuals_as_published() -> None:
    """Mean 50.81, mean moving range 1.8778, limits 55.8041 and 45.8159; nobody beyond them."""
    chart = xmr(FLOW)
    assert chart.centre == pytest.approx(50.81)
    assert chart.upper[0] == pytest.approx(55.8041, abs=0.002)  # 2.66 is 3 / 1.128 rounded
    assert chart.lower[0] == pytest.approx(45.8159, abs=0.002)
    assert chart.provisional
    assert [s for s in signals(chart) if s.rule == "outside"] == []


def test_proportions_as_published() -> None:
    """p-bar 0.2313, limits 0.4102 and 0.0524; wafers 15 and 23 lie beyond the upper one."""
    chart = p_chart(CHIPS, [50] * 30, laney=False)
    assert chart.centre == pytest.approx(0.2313, abs=5e-5)
    assert chart.upper[0] == pytest.approx(0.4102, abs=5e-5)
    assert chart.lower[0] == pytest.approx(0.0524, abs=5e-5)
    beyond = [s for s in signals(chart) if s.rule == "outside"]
    assert [(s.first, s.last, s.side) for s in beyond] == [(14, 14, 1), (22, 22, 1)]


def test_counts_as_published() -> None:
    """c-bar 16, limits 28 and 4: the 24th wafer lies beyond, the third upon the limit does not."""
    chart = u_chart(DEFECTS, [1] * 25, laney=False)
    assert (chart.centre, chart.upper[0], chart.lower[0]) == pytest.approx((16, 28, 4))
    assert [s.first for s in signals(chart) if s.rule == "outside"] == [23]


def test_prime_chart_as_published() -> None:
    """Hundreds of thousands a week: a p-chart calls nearly every week special; the p′ chart none,
    and its limits are very close to those of the individuals chart of the shares."""
    plain, prime = p_chart(SEEN, CAME, laney=False), p_chart(SEEN, CAME)
    beyond = [s for s in signals(plain) if s.rule == "outside"]
    assert sum(s.last - s.first + 1 for s in beyond) == 16
    assert signals(prime) == ()
    shares = xmr([part / whole for part, whole in zip(SEEN, CAME, strict=True)])
    assert prime.upper == pytest.approx(shares.upper, abs=5e-4)
    assert prime.lower == pytest.approx(shares.lower, abs=5e-4)


def test_laney_widens_limits_by_what_the_weeks_spread_more_than_chance() -> None:
    """Of 100 people alternately 45 and 55 are met: z is ∓1, its moving ranges 2, so that limits
    are 2 / 1.128 times those of chance, three times 0.05."""
    chart = p_chart([45, 55] * 6, [100] * 12)
    assert chart.upper[0] == pytest.approx(0.5 + 3 * 0.05 * 2 / 1.128)
    assert chart.lower[0] == pytest.approx(0.5 - 3 * 0.05 * 2 / 1.128)
    assert p_chart([45, 55] * 6, [100] * 12, laney=False).upper[0] == pytest.approx(0.65)


def test_shares_stay_between_nothing_and_all() -> None:
    chart = p_chart([9, 10, 10, 9, 10, 10], [10] * 6)
    assert chart.upper == (1.0,) * 6
    assert xmr([0, 5, 0, 6, 1]).lower == (0.0,) * 5


def test_observed_over_expected_of_a_unit_that_is_as_all_are() -> None:
    expected = [10.0, 20.0, 40.0, 20.0, 10.0]
    chart = ratio_chart(expected, expected, expected)
    assert chart.points == (1.0,) * 5
    assert (chart.centre, signals(chart)) == (1.0, ())


def test_neither_ranges_nor_runs_cross_a_break() -> None:
    """Without the step at the break, all moving ranges are 1."""
    values = [10, 11, 10, 11, 30, 31, 30, 31]
    assert xmr(values, breaks={4}).upper[0] == pytest.approx(20.5 + 2.66)
    assert xmr(values).upper[0] == pytest.approx(20.5 + 2.66 * (6 + 19) / 7)


def test_a_week_without_a_value_breaks_too() -> None:
    chart = u_chart([3, 0, 3, 3, 3, 3], [1, 0, 1, 1, 1, 1])
    assert chart.points[1] is None
    assert chart.known == 5
    assert list(chart.stretches()) == [[0], [2, 3, 4, 5]]


def test_nothing_is_judged_under_five_points() -> None:
    chart = xmr([1, 100, 1, 1])
    assert chart.upper == (None,) * 4
    assert signals(chart) == ()
    assert not xmr([1.0] * 12).provisional
    assert xmr([1.0] * 11).provisional


def drawn(*points: float | None, breaks: tuple[int, ...] = ()) -> Chart:
    """A chart with its centre on 0, limits on ±3, two thirds of the way on ±2."""
    low, high, near_low, near_high = ((v,) * len(points) for v in (-3.0, 3.0, -2.0, 2.0))
    return Chart("XmR", points, 0.0, low, high, near_low, near_high, frozenset(breaks))


def found(*points: float | None, breaks: tuple[int, ...] = ()) -> list[tuple[str, int, int, int]]:
    return [(s.rule, s.first, s.last, s.side) for s in signals(drawn(*points, breaks=breaks))]


def test_points_beyond_a_limit_are_one_signal_as_long_as_they_last() -> None:
    assert found(0, 1, 3.1, 3.2, -1, -3.5) == [("outside", 2, 3, 1), ("outside", 5, 5, -1)]
    assert found(0, 3.0, 0, -3.0, 0) == []
    assert signals(drawn(0, 0, 3.5, 4.5, 0))[0] == Signal("outside", 2, 3, 1, 4.0)


def test_seven_points_that_each_rise() -> None:
    rising = (-1.5, -1.0, -0.5, 0.1, 0.5, 1.0, 1.5)
    assert found(*rising) == [("trend", 0, 6, 1)]
    assert found(*reversed(rising)) == [("trend", 0, 6, -1)]
    assert found(*rising[1:], 1.2) == []
    assert found(-1.5, -1.0, -1.0, -0.5, 0.1, 0.5, 1.0) == []
    assert found(*rising[:3], None, *rising[3:]) == []
    assert found(*rising, breaks=(3,)) == []
    assert found(*rising, 1.9, 0.0) == [("trend", 0, 7, 1)]


def test_two_of_three_near_the_same_limit() -> None:
    assert found(0, 2.5, 0, 2.1, 0) == [("two_of_three", 1, 3, 1)]
    assert found(0, 2.5, 0, 0, 2.1) == []
    assert found(0, 2.5, -2.5, 0, 0) == []
    assert found(0, -2.5, -2.2, 0, 0) == [("two_of_three", 1, 2, -1)]
    assert found(0, 2.5, 0, 2.1, 0, breaks=(3,)) == []
    assert found(0, 2.5, 2.2, 2.4, 0) == [("two_of_three", 1, 3, 1)]
    assert found(2.5, 2.5, 0, 0, 0, 2.5, 2.5, 0) == [
        ("two_of_three", 0, 1, 1),
        ("two_of_three", 5, 6, 1),
    ]


def test_seven_points_on_one_side() -> None:
    assert found(*(0.5, 1, 0.4) * 2, 0.5) == [("shift", 0, 6, 1)]
    assert found(*(-0.5, -1, -0.4) * 3) == [("shift", 0, 8, -1)]
    assert found(*(0.5, 1, 0.4) * 2, 0.0) == []
    assert found(*(0.5, 1, 0.4) * 2, 0.5, breaks=(2,)) == []


def test_size_is_the_mean_of_all_points_from_the_first_to_the_last() -> None:
    """2.5, 0 and 2.1 lie 4.6 ÷ 3 above the centre, whether another signal follows or not."""
    once, twice = drawn(2.5, 0, 2.1, 0, 0), drawn(2.5, 0, 2.1, 0, 0, 2.5, 0, 2.1, 0)
    assert [s.size for s in signals(once)] == pytest.approx([4.6 / 3])
    assert [s.size for s in signals(twice)] == pytest.approx([4.6 / 3, 4.6 / 3])


def test_rounding_is_no_shift() -> None:
    """The mean of eighteen 0.1 is not 0.1 to the last digit; 3 of 7 and 54 of 126 likewise."""
    assert signals(xmr([0.1] * 18)) == ()
    wholes = [7 * n for n in range(1, 19)]
    assert signals(p_chart([3 * n for n in range(1, 19)], wholes)) == ()
    assert signals(u_chart([3 * n for n in range(1, 19)], [n / 100 for n in wholes])) == ()


def test_what_a_stronger_rule_explains_is_not_told_again() -> None:
    """Two points beyond the limit are also two of three near it."""
    assert found(0, 3.5, 3.6, 0, 0) == [("outside", 1, 2, 1)]
    assert [rule for rule, *_ in found(3.5, 0, 2.5, 0, 0)] == ["outside", "two_of_three"]
    rising_below = tuple(-1.9 + 0.3 * n for n in range(7))
    assert max(rising_below) < 0
    assert found(*rising_below) == [("trend", 0, 6, 1)]


@pytest.mark.parametrize("points", [11, 18])
def test_the_table_of_chance_is_what_simulation_gives(points: int) -> None:
    """Another seed, 3,000 series: within three standard errors."""
    share = simulated(points, draws=3000, seed=7)
    error = (TABLE[points] * (1 - TABLE[points]) / 3000) ** 0.5
    assert abs(share - TABLE[points]) < 3 * error


def test_chance_on_a_page_adds_up() -> None:
    """22 series of 18 weeks: about two warn though nothing has changed."""
    assert expected_by_chance([18] * 22) == pytest.approx(22 * 0.104)
    assert chance_of_signal(4) == 0.0
    assert chance_of_signal(40) == TABLE[26]
    assert list(TABLE) == list(range(5, 27))
    assert np.all(np.diff(list(TABLE.values())) > 0)
