"""A seal on the demo campus: its bytes alone give every total and place again, by plain loops."""

import pytest

from data.engine import reading
from data.seals.canonical import canonical
from data.seals.verifying import read
from queries.choices import resolve
from queries.evaluation import evaluate
from queries.filters import Filters
from queries.seal_changes import changes_of
from queries.seal_content import content_of
from tests.queries.slices import EVERYONE
from tests.queries.test_seals import known, small


@pytest.mark.parametrize("term", ["2026-2027-1", ""])
def test_the_content_alone_gives_the_results_again(
    demo: str, monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    """Roster 60 and plates 40 points, in proportion; below 70 % on the roster no plates; a missing
    value gives its points to the other."""
    known(monkeypatch, small())
    with reading(demo) as conn:
        filters = resolve(conn, Filters(scheme="small", term=term), EVERYONE)
        made = content_of(conn, evaluate(conn, filters))
    told = read(canonical({**made, "sealed": {}}))
    assert changes_of(told, made) == []
    values = {(r["unit_id"], r["indicator"]): r for r in told["data"]["raw"]}
    groups = {u["unit_id"]: u["peer_group"] for u in told["data"]["units"]}
    totals = {unit: _total(values[unit, "roster"], values[unit, "plate"]) for unit in groups}
    assert len(totals) > 8
    assert len({round(one, 6) for one in totals.values() if one is not None}) > 3
    for row in told["results"]:
        own = totals[row["unit_id"]]
        peers = [totals[u] for u in groups if groups[u] == groups[row["unit_id"]]]
        scored = [one for one in peers if one is not None]
        assert row["of"] == len(scored)
        if own is None:
            assert row["total"] is None
            assert row["rank"] is None
        else:
            assert row["total"] == pytest.approx(own)
            assert row["rank"] == 1 + sum(one > own + 1e-9 for one in scored)


def _total(roster: dict[str, float | None], plate: dict[str, float | None]) -> float | None:
    known_ones = []
    struck = roster["denominator"] and (roster["numerator"] or 0) / roster["denominator"] < 0.7
    for row, points in ((roster, 60), (plate, 40)):
        if row["denominator"]:
            score = (row["numerator"] or 0) / row["denominator"]
            known_ones.append((0.0 if struck and row is plate else score, points))
    whole = sum(points for _, points in known_ones)
    return 100 * sum(score * points for score, points in known_ones) / whole if whole else None
