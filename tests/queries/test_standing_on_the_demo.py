"""Rank bands, trials and proposals on the demo campus, told again by plain Python from the counts
alone: other code, another generator."""

import random
from collections import defaultdict
from statistics import median

import pytest
from sqlalchemy import Connection

from data.access.viewer import COMMITTEE
from data.engine import reading
from queries import choices
from queries import evaluation as evaluations
from queries.awards import award_proposal
from queries.choices import resolve
from queries.evaluation import evaluate
from queries.filters import Filters
from queries.stability import rank_stability
from queries.what_if import what_if
from tests.asking import ROLES
from tests.queries.trial_schemes import indicator, scheme

VIEWER = ROLES[COMMITTEE].viewer
MET, FLOORS, ROSTER = "student_coverage", "floor_coverage", "workstation_enrolment"
WEIGHTS = {MET: 50.0, FLOORS: 30.0, ROSTER: 20.0}
THREE = scheme([indicator(key, weight) for key, weight in WEIGHTS.items()], quota=0.3)
Counts = dict[str, dict[str, tuple[float, float]]]


@pytest.fixture(autouse=True)
def _chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (evaluations, choices):
        monkeypatch.setattr(module, "chosen_scheme", lambda _: THREE)


def counts(conn: Connection, here: Filters) -> tuple[Counts, dict[str, list[str]]]:
    """Numerator and denominator by unit and metric, and the units of each peer group."""
    evaluation = evaluate(conn, here)
    found: Counts = defaultdict(dict)
    for row in evaluation.raw.itertuples():
        if row.denominator > 0:
            found[str(row.unit_id)][str(row.indicator)] = (row.numerator, row.denominator)
    groups = defaultdict(list)
    for row in evaluation.units.itertuples():
        if found[str(row.unit_id)]:
            groups[str(row.peer_group)].append(str(row.unit_id))
    return found, groups


def total(scores: dict[str, float], weights: dict[str, float]) -> float:
    """What has no value gives its weight to the others."""
    return sum(weights[k] * 100 * v for k, v in scores.items()) / sum(weights[k] for k in scores)


def rates(held: dict[str, tuple[float, float]]) -> dict[str, float]:
    return {key: part / whole for key, (part, whole) in held.items()}


def place(unit: str, totals: dict[str, float]) -> int:
    return 1 + sum(round(other, 9) > round(totals[unit], 9) for other in totals.values())


def test_a_trial_recounted(demo: str) -> None:
    with reading(demo) as conn:
        here = resolve(conn, Filters(weights="d0:10,d1:10,d2:80"), VIEWER)
        found = what_if(conn, here, VIEWER).set_index("unit_id")
        held, groups = counts(conn, here)
    assert len(found) == sum(len(units) for units in groups.values()) > 10
    other = {MET: 10.0, FLOORS: 10.0, ROSTER: 80.0}
    moved = 0
    for units in groups.values():
        own = {unit: total(rates(held[unit]), WEIGHTS) for unit in units}
        again = {unit: total(rates(held[unit]), other) for unit in units}
        for unit in units:
            row = found.loc[unit]
            assert (row["rank"], row["tried_rank"]) == (place(unit, own), place(unit, again))
            assert row["tried_total"] == pytest.approx(again[unit])
            moved += row["rank"] != row["tried_rank"]
    assert moved > 3


def strength(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    """The peers' Beta distribution by the method of moments (queries/rank_draws.py)."""
    if len(pairs) < 5:
        return 0.5, 0.5
    number = sum(n for _, n in pairs)
    mean = (sum(x for x, _ in pairs) + 0.5) / (number + 1)
    square = sum(n * (x / n - mean) ** 2 for x, n in pairs)
    less = len(pairs) - 1
    lower = number - sum(n * n for _, n in pairs) / number - less
    between = (square - less * mean * (1 - mean)) / lower
    weight = number
    if between > 0:
        weight = min(max(mean * (1 - mean) / between - 1, 1.0), number)
    return mean * weight, (1 - mean) * weight


def drawn(
    held: Counts, units: list[str], rng: random.Random, priors: dict[str, tuple[float, float]]
) -> dict[str, float]:
    """Totals of one peer group in one draw, the weights as they are."""
    scores: dict[str, dict[str, float]] = {unit: {} for unit in units}
    for key in WEIGHTS:
        for unit in units:
            if key not in held[unit]:
                continue
            part, whole = held[unit][key]
            if key == FLOORS:
                scores[unit][key] = part / whole
                continue
            alike = 2 if key == MET else 1
            a, b = priors[key]
            scores[unit][key] = rng.betavariate(part / alike + a, (whole - part) / alike + b)
        known = [scores[unit][key] for unit in units if key in scores[unit]]
        for unit in units:
            if known and key not in scores[unit]:
                scores[unit][key] = rng.choice(known)
    return {unit: total(scores[unit], WEIGHTS) for unit in units}


def test_bands_and_chances_recounted(demo: str) -> None:
    """The larger peer groups, 3,000 draws of the values under the scheme's own weights."""
    with reading(demo) as conn:
        here = resolve(conn, Filters(spread="none"), VIEWER)
        found = rank_stability(conn, here, VIEWER).set_index("unit_id")
        held, groups = counts(conn, here)
    rng, compared, unsure = random.Random(7), 0, 0
    for units in (units for units in groups.values() if len(units) >= 4):
        priors = {}
        for key in (MET, ROSTER):
            alike = 2 if key == MET else 1
            pairs = [held[unit][key] for unit in units if key in held[unit]]
            priors[key] = strength([(x / alike, n / alike) for x, n in pairs])
        draws = [drawn(held, units, rng, priors) for _ in range(3000)]
        cut = int(0.3 * len(units) + 1e-9)
        for unit in units:
            places = [place(unit, one) for one in draws]
            row = found.loc[unit]
            assert row["places"] == cut
            inside = sum(p <= cut for p in places) / len(places)
            assert row["inside"] == pytest.approx(inside, abs=0.1)
            assert row["median"] == pytest.approx(median(places), abs=1)
            ends = sorted(places)[int(0.05 * 3000)], sorted(places)[int(0.95 * 3000)]
            assert (row["low"], row["high"]) == pytest.approx(ends, abs=1)
            compared, unsure = compared + 1, unsure + (0.1 < inside < 0.9)
    assert compared > 8
    assert unsure > 1


def test_the_proposal_recounted(demo: str) -> None:
    with reading(demo) as conn:
        here = resolve(conn, Filters(), VIEWER)
        found = award_proposal(conn, here, VIEWER).set_index("unit_id")
        held, groups = counts(conn, here)
    for units in groups.values():
        own = {unit: total(rates(held[unit]), WEIGHTS) for unit in units}
        cut = int(0.3 * len(units) + 1e-9)
        for unit in units:
            ahead = place(unit, own) - 1
            alike = sum(round(own[unit], 9) == round(other, 9) for other in own.values())
            proposed = ahead + alike <= cut
            assert (found.loc[unit, "state"] == "proposed") == proposed
            assert (found.loc[unit, "state"] == "tied") == (ahead < cut and not proposed)
    assert (found["state"] == "proposed").sum() > 1
