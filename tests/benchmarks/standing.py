"""How long rank bands take: `python -m tests.benchmarks.standing`.

10,000 draws of the weights of 40 indicators, with as many draws of the values as a page takes, over
120 buildings of one peer group, beside one evaluation; nothing here passes or fails.
"""

import time

import numpy as np

from data.schemes.scheme import (
    ARITHMETIC,
    BUILDING,
    EXCLUDE,
    GEOMETRIC,
    METRIC,
    TERM,
    Dimension,
    Indicator,
    Rule,
    Scheme,
    Source,
    SubDimension,
)
from queries.rank_bands import rank_bands
from queries.rank_draws import WEIGHT_DRAWS, Known
from queries.scoring import score_all
from tests.benchmarks.spread import Spread, seconds

UNITS, DIMENSIONS, PARTS, EACH = 120, 5, 2, 4
ROUNDS, SEED = 15, 6
SPREAD, PLACES = 2.0, 24


def example(how: str) -> Scheme:
    """Five dimensions of two parts of four indicators, 2.5 points each."""
    keys = iter(range(DIMENSIONS * PARTS * EACH))
    made = []
    for d in range(DIMENSIONS):
        parts = []
        for p in range(PARTS):
            own = tuple(_indicator(f"i{next(keys)}") for _ in range(EACH))
            parts.append(SubDimension(f"p{d}{p}", "", 2.5 * EACH, own, how))
        made.append(Dimension(f"d{d}", "", 2.5 * EACH * PARTS, tuple(parts), how))
    return Scheme("example", "1", "", BUILDING, TERM, "", tuple(made), how)


def _indicator(key: str) -> Indicator:
    rule = Rule("target", target=1.0)
    return Indicator(key, key, 2.5, Source(METRIC, key), rule, EXCLUDE, "", "", "")


def counted(missing: float) -> Known:
    """Rates of about 85 %, of buildings of 50 to 400, some of them unknown."""
    rng = np.random.default_rng(SEED)
    shape = (UNITS, DIMENSIONS * PARTS * EACH)
    whole = rng.integers(50, 400, shape).astype(float)
    part = rng.binomial(whole.astype(int), rng.beta(17, 3, shape)).astype(float)
    whole[rng.random(shape) < missing] = np.nan
    names = [f"u{n:03}" for n in range(UNITS)]
    return Known(names, ["g"] * UNITS, part / whole, part, whole, np.full(shape, np.nan))


def main() -> None:
    """Sums and products, all values known and one in twenty missing."""
    print(f"{WEIGHT_DRAWS:,} draws, {UNITS} units, 40 indicators; seconds")  # noqa: T201
    print(f"{'':24}{'p50':>8}{'p95':>8}{'CPU':>8}{'× evaluation':>16}")  # noqa: T201
    for how in (ARITHMETIC, GEOMETRIC):
        for missing in (0.0, 0.05):
            print(f"{how + f', {missing:.0%} missing':24}{_line(example(how), counted(missing))}")  # noqa: T201


def _line(scheme: Scheme, known: Known) -> str:
    """The bands' time, of it what one processor works, and how many evaluations that is."""
    begun = time.process_time()
    bands = [
        seconds(lambda: rank_bands(scheme, known, {"g": PLACES}, SPREAD, "seed"))
        for _ in range(ROUNDS)
    ]
    worked = (time.process_time() - begun) / ROUNDS
    plain = [seconds(lambda: score_all(scheme, known.groups, known.values)) for _ in range(ROUNDS)]
    took, once = Spread.of(bands), Spread.of(plain)
    return f"{took.p50:8.2f}{took.p95:8.2f}{worked:8.2f}{took.p50 / once.p50:16.0f}"


if __name__ == "__main__":
    main()
