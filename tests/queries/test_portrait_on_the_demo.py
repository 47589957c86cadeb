"""Facts of an invented campus of realistic shape, against loops over its ledgers."""

from collections.abc import Iterator
from datetime import date, datetime
from statistics import median
from typing import Any

import pytest
from sqlalchemy import Connection, text

from data.access.viewer import COMMITTEE, Viewer
from data.demo.campus import build
from data.engine import reading
from data.summaries.refresh import refresh
from queries.filters import Filters
from queries.held import held_by_building
from queries.peers import FEWEST, peers_of
from queries.portrait import portrait_facts

DEAN = Viewer("dean", COMMITTEE)
DAY = 24 * 60


@pytest.fixture(scope="module")
def conn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Reads a refreshed demo campus of 1,500 students and one term."""
    url = f"sqlite:///{tmp_path_factory.mktemp('portrait') / 'demo.db'}"
    build(url, students=1500, terms=1, seed=5, progress=lambda _: None)
    refresh(url)
    with reading(url) as opened:
        yield opened


@pytest.fixture(scope="module")
def whole(conn: Connection) -> Filters:
    """The last day of the demo's data."""
    term, day = conn.execute(
        text("SELECT term_id, as_of FROM version_term, data_version WHERE version_id = id")
    ).one()
    return Filters(term=term, date=str(day)[:10])


def rows(conn: Connection, table: str, building: str) -> list[Any]:
    """A ledger's rows of a building."""
    return list(conn.execute(text(f"SELECT * FROM {table} WHERE building_id = '{building}'")))  # noqa: S608


def slow(conn: Connection, building: str, day: str) -> dict[str, float]:
    """Nine facts counted from the ledgers alone."""
    homes = {room.id for room in rows(conn, "room", building)}
    people = {
        e.student_id
        for e in conn.execute(text("SELECT * FROM enrolment WHERE away IS NULL"))
        if e.room_id in homes and e.starts <= day and (e.ends or "9") >= day
    }
    visits = [v for v in rows(conn, "visit", building) if v.day <= day]
    long = [v for v in visits if v.ends and (minutes(v.ends) - minutes(v.starts)) % DAY >= 40]
    seen = {v.id: v.day for v in conn.execute(text("SELECT id, day FROM visit"))}
    reached = {
        r.room_id
        for r in conn.execute(text("SELECT * FROM visit_room"))
        if r.room_id in homes and seen[r.visit_id] <= day
    }
    concerns = [c for c in rows(conn, "concern", building) if c.raised <= day]
    answers = [days(c.raised, c.responded) for c in concerns if c.responded and c.responded <= day]
    requests = [r for r in rows(conn, "service_request", building) if r.submitted[:10] <= day]
    finished = [r for r in requests if r.finished and r.finished[:10] <= day]
    places = {p.activity_id for p in rows(conn, "activity_place", building)}
    held = conn.execute(text("SELECT id, day FROM activity"))
    activities = [a for a in held if a.id in places and a.day <= day]
    nothing = float("nan")
    return {
        "residents": len(people),
        "visits": 100 * len(visits) / len(people),
        "long_visits": len(long) / len(visits),
        "rooms_reached": len(reached) / len(homes),
        "answer_days": median(answers) if answers else nothing,
        "open_concerns": sum(1 for c in concerns if not c.resolved or c.resolved > day),
        "requests": 100 * len(requests) / len(people),
        "request_days": median(days(r.submitted, r.finished) for r in finished),
        "activities": len(activities),
    }


def minutes(clock: str) -> int:
    """`18:30:00` in minutes."""
    return int(clock[:2]) * 60 + int(clock[3:5])


def days(first: str, last: str) -> int:
    """Whole days between the dates of two moments."""
    return (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days


def test_facts_equal_the_slow_count(conn: Connection, whole: Filters) -> None:
    middle = datetime.fromisoformat(whole.date).date().replace(day=1).isoformat()
    held = held_by_building(conn, whole)
    busiest = sorted(filter(None, held), key=lambda b: -(held[b].count("visits") or 0))[:3]
    for building in busiest:
        for day in (whole.date, middle):
            chosen = Filters(term=whole.term, date=day, building=building)
            found = portrait_facts(conn, chosen, DEAN)
            shown = {r.key: r.value for r in found.itertuples() if r.kind == ""}
            for key, value in slow(conn, building, day).items():
                assert shown[key] == pytest.approx(value, nan_ok=True), (building, day, key)


def test_medians_are_of_the_peers_alone(conn: Connection, whole: Filters) -> None:
    names = [b.id for b in conn.execute(text("SELECT id FROM building WHERE residential"))]
    groups = {b: peers_of(conn, Filters(whole.term, whole.date, building=b)).ids for b in names}
    building = max(groups, key=lambda b: len(groups[b]))
    peers = groups[building]
    assert building not in peers
    assert len(peers) >= FEWEST
    chosen = Filters(term=whole.term, date=whole.date, building=building)
    found = portrait_facts(conn, chosen, DEAN).set_index("key")["median"]
    beds = [sum(room.beds for room in rows(conn, "room", peer)) for peer in peers]
    assert found["beds"] == median(beds)
