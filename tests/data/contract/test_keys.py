"""Each check that follows from the models fires on the one fault it is for."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, insert, select, update

from data.contract.declaration import Check
from data.contract.keys import implied
from tests.data.contract import clean

IMPLIED = list(implied())
MISFIT = "不在约定之内"


def _empty_cell(conn: Connection, check: Check) -> None:
    _set(conn, check, None)


def _second_copy(conn: Connection, check: Check) -> None:
    table = clean.loose(check.place.table.name)
    conn.execute(insert(table).from_select(table.columns.keys(), select(table)))


def _too_long(conn: Connection, check: Check) -> None:
    _set(conn, check, "长" * (check.place.type.length + 1))  # type: ignore[attr-defined]


def _nowhere(conn: Connection, check: Check) -> None:
    integer = check.place.type.python_type is int
    _set(conn, check, -1 if integer else "nowhere")


def _unknown_word(conn: Connection, check: Check) -> None:
    _set(conn, check, MISFIT)


def _set(conn: Connection, check: Check, value: object) -> None:
    conn.execute(update(clean.loose(check.place.table.name)).values({check.place.name: value}))


def _backwards(conn: Connection, check: Check) -> None:
    first, last = check.key.rpartition(".")[2].split("-")
    table = clean.loose(check.place.table.name)
    is_clock = check.place.type.python_type.__name__ == "time"
    early, late = ("08:00:00", "09:00:00") if is_clock else ("2026-03-02", "2026-10-01")
    kind = check.place.type
    values = {
        first: kind.python_type.fromisoformat(late),
        last: kind.python_type.fromisoformat(early),
    }
    conn.execute(update(table).values(values))


def _overlapping(conn: Connection, check: Check) -> None:
    """A second row that starts a day later, while the first is still open."""
    table = clean.loose(check.place.table.name)
    first = conn.execute(select(table).limit(1)).mappings().one()
    conn.execute(update(table).values(ends=None))
    later = first["starts"].replace(day=first["starts"].day + 1)
    conn.execute(insert(table).values({**first, "starts": later}))


FAULTS: dict[str, Callable[[Connection, Check], None]] = {
    "required": _empty_cell,
    "duplicate": _second_copy,
    "length": _too_long,
    "orphan": _nowhere,
    "allowed": _unknown_word,
    "order": _backwards,
    "overlap": _overlapping,
}


@pytest.mark.parametrize("rule", FAULTS)
def test_it_fires_on_its_fault_in_every_table(rule: str, loose: Connection) -> None:
    for check in (c for c in IMPLIED if c.key.startswith(f"{rule}:")):
        with loose.begin_nested() as spoilt:
            FAULTS[rule](loose, check)
            assert check.count(loose) > 0, check.key
            assert check.rows(loose, 1), check.key
            spoilt.rollback()


def test_every_implied_check_has_its_fault() -> None:
    assert {check.key.partition(":")[0] for check in IMPLIED} == FAULTS.keys()


def test_every_fault_is_counted_once(loose: Connection) -> None:
    """Two of five enrolments without a room that exists: two rows, each with its key."""
    enrolment = clean.loose("enrolment")
    loose.execute(
        update(enrolment).where(enrolment.c.term_id == clean.SPRING).values(room_id="nowhere")
    )
    orphans = next(c for c in IMPLIED if c.key == "orphan:enrolment.room_id")
    assert orphans.count(loose) == 2
    assert [(row["student_id"], row["room_id"]) for row in orphans.rows(loose, 9)] == [
        ("s1", "nowhere"),
        ("s2", "nowhere"),
    ]


def test_a_long_spell_overlaps_whatever_lies_inside(loose: Connection) -> None:
    """Counselor k in building A: all October, then 3rd to 4th, then 6th to 7th: two overlaps."""
    appointed = clean.loose("counselor_building")
    for first, last in ((1, 31), (3, 4), (6, 7)):
        loose.execute(
            insert(appointed).values(
                counselor_id="k",
                building_id="B",
                starts=clean.DAY.replace(day=first),
                ends=clean.DAY.replace(day=last),
            )
        )
    overlap = next(c for c in IMPLIED if c.key == "overlap:counselor_building")
    assert overlap.count(loose) == 2
