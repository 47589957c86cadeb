"""How often the control charts warn without cause, and how often they find a planted change.

`python -m tests.benchmarks.signals` prints both; nothing here passes or fails.
"""

from collections.abc import Callable
from functools import cache
from itertools import product

import numpy as np

from queries.control import Chart, p_chart, ratio_chart, signals, u_chart, xmr
from queries.control_chance import chance_of_signal
from queries.series import SCARCE

DRAWS, SEED = 2000, 44023
WEEKS, CHANGED = 18, 8  # a change begins in the ninth of eighteen weeks
PEOPLE, SHARE, EVENTS = 400, 0.6, 12.0
CLUSTERED = 2.0
"""People met room by room spread so many times as much as a binomial allows."""

Draw = Callable[[np.random.Generator, np.ndarray], Chart]


def counts(rng: np.random.Generator, level: np.ndarray) -> Chart:
    """Normal noise about 100 with a standard deviation of 10."""
    return xmr(list(100 + 10 * level + rng.normal(0, 10, len(level))))


def shares(rng: np.random.Generator, level: np.ndarray) -> Chart:
    """Of 400 people about 60 % met, twice as spread as chance."""
    sigma = CLUSTERED * (SHARE * (1 - SHARE) / PEOPLE) ** 0.5
    share = np.clip(
        SHARE + sigma * level + rng.normal(0, (sigma**2 * 0.75) ** 0.5, len(level)), 0, 1
    )
    return p_chart(list(rng.binomial(PEOPLE, share)), [PEOPLE] * len(level))


def rates(rng: np.random.Generator, level: np.ndarray) -> Chart:
    """About 12 events a week among people who do not change."""
    mean = np.maximum(EVENTS + EVENTS**0.5 * level, 0)
    return u_chart(list(rng.poisson(mean)), [1.0] * len(level))


def ratios(rng: np.random.Generator, level: np.ndarray) -> Chart:
    """About 12 events a week, where the whole university's level doubles over the term."""
    rhythm = np.linspace(1, 2, len(level))
    expected = EVENTS * rhythm
    mean = np.maximum(expected + expected**0.5 * level, 0)
    return ratio_chart(list(rng.poisson(mean)), list(expected), list(expected))


KINDS: dict[str, Draw] = {"XmR": counts, "p′": shares, "u′": rates, "u′ ÷ level": ratios}


@cache
def warned(
    kind: str, weeks: int, shift: float, *, drift: bool = False, draws: int = DRAWS
) -> float:
    """The share of series that warn at or after the change; anywhere where there is none."""
    rng = np.random.default_rng([SEED, weeks])
    level = np.zeros(weeks)
    level[CHANGED:] = np.linspace(0, shift, weeks - CHANGED) if drift else shift
    hits = 0
    for _ in range(draws):
        found = signals(KINDS[kind](rng, level))
        side = [s for s in found if s.last >= CHANGED and s.side * shift > 0] if shift else found
        hits += bool(side)
    return hits / draws


def scarce(events: float, draws: int = DRAWS) -> float:
    """The share of series of so few events a week that warn though nothing changes: the fewer, the
    more skewed."""
    rng = np.random.default_rng([SEED, int(events)])
    level = [events] * WEEKS
    noise = rng.poisson(level, (draws, WEEKS))
    return sum(bool(signals(ratio_chart(list(row), level, level))) for row in noise) / draws


def main() -> None:
    """False alarms by kind of chart and by how few events there are, and detection."""
    print(f"False alarms, {DRAWS:,} series without change, share that warn")  # noqa: T201
    print(f"{'':12}" + "".join(f"{weeks:>8} wk" for weeks in (11, 18, 24)))  # noqa: T201
    for kind in KINDS:
        shown = "".join(f"{warned(kind, weeks, 0):>11.1%}" for weeks in (11, 18, 24))
        print(f"{kind:12}{shown}")  # noqa: T201
    shown = "".join(f"{chance_of_signal(weeks):>11.1%}" for weeks in (11, 18, 24))
    print(f"{'as declared':12}{shown}")  # noqa: T201
    print(f"False alarms of {WEEKS} weeks by events in a week (judged from {SCARCE:g})")  # noqa: T201
    few = (SCARCE, 6.0, 8.0, EVENTS, 20.0)
    print(" " * 12 + "".join(f"{events:>11g}" for events in few))  # noqa: T201
    print(f"{'u′ ÷ level':12}" + "".join(f"{scarce(events):>11.1%}" for events in few))  # noqa: T201
    print("Detection of a fall from week 9 of 18, by its size in standard deviations")  # noqa: T201
    sizes = list(product((1, 2, 3), (False, True)))
    print(f"{'':12}" + "".join(f"{'drift' if d else 'step':>8} {n}σ" for n, d in sizes))  # noqa: T201
    for kind in KINDS:
        shown = "".join(f"{warned(kind, WEEKS, -n, drift=d, draws=1000):>11.1%}" for n, d in sizes)
        print(f"{kind:12}{shown}")  # noqa: T201


if __name__ == "__main__":
    main()
