"""What control charts warn of where nothing changes, and what they find where something does.

Series of pure noise of each kind of chart warn about as often as the table for individuals charts
says; small counts do so more often, because they are skewed to the right.
"""

import pytest

from queries.control_chance import chance_of_signal
from tests.benchmarks.signals import KINDS, warned

DRAWS = 800


def error(share: float) -> float:
    """A standard error of a simulated share."""
    return float((share * (1 - share) / DRAWS) ** 0.5)


@pytest.mark.parametrize("weeks", [11, 18, 24])
@pytest.mark.parametrize("kind", KINDS)
def test_noise_warns_as_often_as_the_table_says(kind: str, weeks: int) -> None:
    """Within three standard errors, and three in a hundred for the skew of small counts."""
    expected = chance_of_signal(weeks)
    share = warned(kind, weeks, 0, draws=DRAWS)
    assert expected - 3 * error(expected) < share < expected + 3 * error(expected) + 0.03


@pytest.mark.parametrize("kind", KINDS)
def test_the_larger_a_change_the_more_often_it_is_found(kind: str) -> None:
    """A fall of one, two or three standard deviations from the ninth of eighteen weeks."""
    steps = [warned(kind, 18, -size, draws=DRAWS) for size in (1, 2, 3)]
    assert chance_of_signal(18) < steps[0] + error(steps[0])
    assert steps[1] > steps[0] + 0.2
    assert steps[2] > max(steps[1] + 0.1, 0.7)


@pytest.mark.parametrize("kind", KINDS)
def test_a_drift_is_found_less_often_than_a_step_of_its_size(kind: str) -> None:
    drift = warned(kind, 18, -3, drift=True, draws=DRAWS)
    assert 0.5 < drift < warned(kind, 18, -3, draws=DRAWS)
