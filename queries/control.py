"""Control charts of weekly series: limits, run rules, and what they call a signal.

Individuals charts (XmR) with limits at 2.66 mean moving ranges, and the four run rules of NHS
"Making Data Count". Its screening of outlying ranges is left out: in a term of 18 weeks it makes
chance alone warn in 13.6 instead of 10.4 of a hundred series. Shares and rates by Laney's p′ and u′
charts (Laney 2002, Quality Engineering 14: 531–537): visits go room by room, so that weekly shares
of hundreds of students spread more than a binomial allows, and a plain p-chart would warn always.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

XMR = 2.66
"""3 ÷ 1.128: three standard deviations in mean moving ranges."""
D2 = 1.128
"""The mean moving range of two values of one normal distribution, in standard deviations."""
NEAR = 2 / 3
FEWEST, ENOUGH = 5, 12
"""Points below which nothing is judged, and from which limits are no longer provisional."""
RUN = 7
LEAST = 1e-12
"""Points that differ by no more differ by rounding alone."""

RULES = {
    "outside": "一点超出控制限",
    "trend": "至少连续 7 点单向变化",
    "two_of_three": "三点中有两点接近控制限",
    "shift": "至少连续 7 点在中线同一侧",
}
"""In the order in which they explain a point."""
Floats = np.ndarray


@dataclass(frozen=True)
class Chart:
    """A series with its limits; None where a week has no value or no limit is shown.

    `breaks` are the places before which weeks without teaching lie: neither ranges nor runs cross
    them. `provisional` is one of fewer than 12 points.
    """

    kind: str
    points: tuple[float | None, ...]
    centre: float
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    near_lower: tuple[float | None, ...]
    near_upper: tuple[float | None, ...]
    breaks: frozenset[int] = field(default_factory=frozenset)

    @property
    def known(self) -> int:
        """How many weeks have a value."""
        return sum(point is not None for point in self.points)

    @property
    def provisional(self) -> bool:
        """Whether the limits rest on too few points to be final."""
        return self.known < ENOUGH

    def stretches(self) -> Iterator[list[int]]:
        """Places of neighbouring weeks with values, one list between two breaks."""
        run: list[int] = []
        for place, point in enumerate(self.points):
            if (place in self.breaks or point is None) and run:
                yield run
                run = []
            if point is not None:
                run.append(place)
        if run:
            yield run


@dataclass(frozen=True)
class Signal:
    """A rule broken from one place to another, above (1) or below (-1) the centre.

    `size` is how far the mean of these points lies from the centre, in the chart's own unit.
    """

    rule: str
    first: int
    last: int
    side: int
    size: float


def xmr(values: Sequence[float | None], *, breaks: Collection[int] = ()) -> Chart:
    """An individuals chart of counts: the lower limit is never below nothing."""
    points = _points(values)
    centre = float(np.nanmean(points)) if np.isfinite(points).any() else 0.0
    spread = XMR * mean_range(points, breaks)
    return _chart("XmR", points, centre, np.full(len(points), spread), breaks)


def p_chart(
    numerators: Sequence[float],
    denominators: Sequence[float],
    *,
    breaks: Collection[int] = (),
    laney: bool = True,
) -> Chart:
    """Shares of people: p′, or the classical chart of one binomial where `laney` is off."""
    parts, wholes, centre = _pooled(numerators, denominators)
    points = np.divide(parts, wholes, out=np.full(len(parts), np.nan), where=wholes > 0)
    sigma = np.sqrt(np.divide(centre * (1 - centre), wholes, out=_blank(wholes), where=wholes > 0))
    spread = 3 * sigma * (_over(points, centre, sigma, breaks) if laney else 1.0)
    return _chart("p′" if laney else "p", points, centre, spread, breaks, most=1.0)


def u_chart(
    counts: Sequence[float],
    exposures: Sequence[float],
    *,
    breaks: Collection[int] = (),
    laney: bool = True,
) -> Chart:
    """Counts by exposure: u′, or the classical chart of one Poisson rate where `laney` is off."""
    parts, wholes, centre = _pooled(counts, exposures)
    points = np.divide(parts, wholes, out=np.full(len(parts), np.nan), where=wholes > 0)
    sigma = np.sqrt(np.divide(centre, wholes, out=_blank(wholes), where=wholes > 0))
    spread = 3 * sigma * (_over(points, centre, sigma, breaks) if laney else 1.0)
    return _chart("u′" if laney else "u", points, centre, spread, breaks)


def ratio_chart(
    observed: Sequence[float],
    expected: Sequence[float],
    variances: Sequence[float],
    *,
    breaks: Collection[int] = (),
) -> Chart:
    """Observed over expected, each with the variance chance gives it; scaled as Laney does."""
    parts, wholes, centre = _pooled(observed, expected)
    points = np.divide(parts, wholes, out=_blank(wholes), where=wholes > 0)
    deviations = np.sqrt(np.asarray(variances, dtype=float))
    sigma = np.divide(deviations, wholes, out=_blank(wholes), where=wholes > 0)
    spread = 3 * sigma * _over(points, centre, sigma, breaks)
    return _chart("u′", points, centre, spread, breaks)


def _points(values: Sequence[float | None]) -> Floats:
    return np.array([np.nan if v is None else float(v) for v in values], dtype=float)


def _blank(like: Floats) -> Floats:
    return np.full(len(like), np.nan)


def _pooled(parts: Sequence[float], wholes: Sequence[float]) -> tuple[Floats, Floats, float]:
    """Sum over sum is the centre."""
    upper, lower = np.asarray(parts, dtype=float), np.asarray(wholes, dtype=float)
    total = float(lower.sum())
    return upper, lower, float(upper.sum()) / total if total else 0.0


def _over(points: Floats, centre: float, sigma: Floats, breaks: Collection[int]) -> float:
    """Laney's sigma z: how many times as much as by chance the points spread from week to week;
    less than once where they spread less, so that one table of chance serves all charts."""
    scaled = np.divide(points - centre, sigma, out=_blank(sigma), where=sigma > 0)
    return mean_range(scaled, breaks) / D2


def mean_range(points: Floats, breaks: Collection[int]) -> float:
    """The mean moving range of neighbours; 0 where there are none."""
    ranges = np.abs(np.diff(points))
    kept = [place for place in range(len(ranges)) if place + 1 not in breaks]
    found = ranges[kept][np.isfinite(ranges[kept])]
    return float(found.mean()) if len(found) else 0.0


def _chart(
    kind: str,
    points: Floats,
    centre: float,
    spread: Floats,
    breaks: Collection[int],
    most: float = np.inf,
) -> Chart:
    few = np.isfinite(points).sum() < FEWEST

    def line(times: float) -> tuple[float | None, ...]:
        at = np.clip(centre + times * spread, 0.0, most)
        return tuple(None if few or not np.isfinite(v) else float(v) for v in at)

    shown = tuple(None if not np.isfinite(v) else float(v) for v in points)
    lines = (line(-1), line(1), line(-NEAR), line(NEAR))
    return Chart(kind, shown, centre, *lines, frozenset(breaks))


def signals(chart: Chart) -> tuple[Signal, ...]:
    """What the rules find, each stretch of points once, under the first rule that explains it.

    Nothing is found in a chart of fewer than 5 points.
    """
    if chart.known < FEWEST:
        return ()
    found: list[Signal] = []
    explained: set[tuple[int, int]] = set()
    for rule, find in FINDERS.items():
        for places, side in find(chart):
            key = (places[0], places[-1])
            if key in explained or _inside(key, side, found):
                continue
            explained.add(key)
            values = [chart.points[place] for place in places]
            mean = sum(v for v in values if v is not None) / len(places)
            found.append(Signal(rule, *key, side, mean - chart.centre))
    return tuple(sorted(found, key=lambda s: (s.first, s.last)))


def _inside(key: tuple[int, int], side: int, found: Collection[Signal]) -> bool:
    """Whether a stretch lies within one that was found already, on the same side."""
    return any(s.side == side and s.first <= key[0] and key[1] <= s.last for s in found)


Found = Iterator[tuple[list[int], int]]


def _outside(chart: Chart) -> Found:
    """Neighbouring points beyond the same limit."""
    for side, limits in ((1, chart.upper), (-1, chart.lower)):
        beyond = [_beyond(p, limit, side) for p, limit in zip(chart.points, limits, strict=True)]
        for stretch in chart.stretches():
            yield from ((run, side) for run in _runs(stretch, beyond))


def _beyond(point: float | None, limit: float | None, side: int) -> bool:
    return point is not None and limit is not None and (point - limit) * side > LEAST


def _runs(stretch: list[int], holds: Sequence[bool], least: int = 1) -> Iterator[list[int]]:
    """Unbroken runs of places for which something holds."""
    run: list[int] = []
    for place in [*stretch, -1]:
        if place >= 0 and holds[place]:
            run.append(place)
            continue
        if len(run) >= least:
            yield run
        run = []


def _trend(chart: Chart) -> Found:
    """Seven points or more, each higher (or each lower) than the one before."""
    for stretch in chart.stretches():
        for side in (1, -1):
            run = stretch[:1]
            for before, place in zip(stretch, [*stretch[1:], -1], strict=True):
                step = 0.0 if place < 0 else _value(chart, place) - _value(chart, before)
                if step * side > LEAST:
                    run.append(place)
                    continue
                if len(run) >= RUN:
                    yield run, side
                run = [place]


def _value(chart: Chart, place: int) -> float:
    point = chart.points[place]
    return float("nan") if point is None else point


def _two_of_three(chart: Chart) -> Found:
    """Two of three neighbours beyond two thirds of the way to one limit, wherever the third is;
    overlapping threes are one signal, from the first such point to the last."""
    for side, limits in ((1, chart.near_upper), (-1, chart.near_lower)):
        near = [_beyond(p, limit, side) for p, limit in zip(chart.points, limits, strict=True)]
        for stretch in chart.stretches():
            found: list[int] = []
            for three in (stretch[i : i + 3] for i in range(len(stretch) - 2)):
                hits = [place for place in three if near[place]]
                if len(hits) >= 2:
                    if found and hits[0] > found[-1]:
                        yield list(range(found[0], found[-1] + 1)), side
                        found = []
                    found = sorted({*found, *hits})
            if found:
                yield list(range(found[0], found[-1] + 1)), side


def _shift(chart: Chart) -> Found:
    """Seven points or more on one side of the centre; a point on it breaks the run."""
    for stretch in chart.stretches():
        for side in (1, -1):
            holds = [_beyond(point, chart.centre, side) for point in chart.points]
            yield from ((run, side) for run in _runs(stretch, holds, RUN))


FINDERS = {"outside": _outside, "trend": _trend, "two_of_three": _two_of_three, "shift": _shift}
