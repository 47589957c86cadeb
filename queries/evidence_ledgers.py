"""The records of one unit that can bear on an indicator, from five ledgers, as one list.

Activities and visits come from summaries: visits by week and kind of place, nobody named. Awards
and publications are as `queries/honours.py` says, spaces those in use at the end of the period, in
the building or in the buildings a college leads.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, case, func, select

from data.locale.translate import Phrase
from data.models.dashboard import FlowCount
from data.models.participation import ActivitySession
from data.models.place import Building
from data.models.service import Space
from data.schemes.scheme import COLLEGE_BELONGS
from data.summaries.method import APARTMENT
from data.summaries.weeks import weeks_of
from queries.evaluation_period import Period
from queries.filters import Filters
from queries.honours import PUBLICATION, honours_of
from queries.slice import build_of, frame, open_on
from queries.source_honours import first_day
from queries.unit_sessions import HELD, held_by, of_units

LEDGERS = {
    "award": "获奖",
    "publication": "经验发表",
    "activity": "活动",
    "space": "空间",
    "visit": "走访",
}
"""Ledgers of evidence, in the order they are listed."""
CLASS = "课堂或实验室"
"""Visits outside the apartments, which the summaries keep together."""
CHOOSING = (
    *("theme", "field", "festival", "community_type"),
    *("level", "name", "channel", "function", "venue"),
)
"""Columns by which a scheme chooses records; "" where a ledger has no such column."""
COLUMNS = ["ledger", "record_id", "day", "title", "place", "what", "number", "number_of", "score"]
COLUMNS += ["answers", *CHOOSING]
NO_NAME = Phrase("没有登记名称的活动")
Row = dict[str, Any]


def records_of(conn: Connection, kind: str, unit: str, period: Period) -> pd.DataFrame:
    """Every record of a unit in a period, ledger by ledger, the newest first: COLUMNS.

    `title`, `what` and `number_of` may be phrases; `number` is people who came, square metres or
    visits, NaN where it is not on record; `score` and `answers` what was thought of an activity.
    """
    rows = [
        *_honours(conn, kind, unit, period),
        *_activities(conn, kind, unit, period),
        *_spaces(conn, kind, unit, period.last),
        *(row for part in period.parts for row in _visits(conn, kind, unit, part)),
    ]
    found = pd.DataFrame(rows, columns=COLUMNS, dtype=object)  # phrases are to stay phrases
    numbers = {name: found[name].astype(float) for name in ("number", "score", "answers")}
    found = found.assign(**numbers, **{c: found[c].fillna("") for c in CHOOSING})
    place = found["ledger"].map({name: n for n, name in enumerate(LEDGERS)})
    found = found.assign(order=place, when=pd.to_datetime(found["day"]))
    by, up = ["order", "when", "record_id"], [True, False, True]
    found = found.sort_values(by, ascending=up, ignore_index=True)
    return found[COLUMNS]


def _honours(conn: Connection, kind: str, unit: str, period: Period) -> Iterator[Row]:
    found = honours_of(conn, kind, [unit], period.last.as_of, first_day(conn, period))
    for row in found.itertuples():
        paper = row.ledger == PUBLICATION
        own = {"channel": row.what} if paper else {"level": row.what, "name": row.title}
        yield {
            "ledger": row.ledger,
            "record_id": row.record_id,
            "day": row.day,
            "title": f"《{row.title}》" if paper else row.title,
            "place": row.via,
            "what": row.what,
            **own,
        }


def _activities(conn: Connection, kind: str, unit: str, period: Period) -> Iterator[Row]:
    """An activity in several buildings once, with all of them."""
    parts = [frame(conn, _sessions(filters, kind, unit)) for filters in period.parts]
    found = pd.concat(parts)
    for (_, id_), rows in found.groupby(["day", "activity_id"], sort=False):
        row = rows.iloc[0]
        answers = float(row["answers"])
        yield {
            "ledger": "activity",
            "record_id": str(id_),
            "day": row["day"],
            "title": row["name"] or NO_NAME,
            "place": "、".join(sorted({str(name) for name in rows["place"].dropna()})),
            "what": _kinds(row["field"], row["theme"]),
            "number": row["attended"],
            "number_of": Phrase("人参加"),
            "score": row["score_sum"] / answers if answers else None,
            "answers": answers,
            **{name: row[name] for name in ("theme", "field", "festival", "community_type")},
        }


def _sessions(filters: Filters, kind: str, unit: str) -> Any:
    stmt, whose = held_by(filters, kind)
    names = ("activity_id", "day", "name", "theme", "field", "festival", "community_type")
    counts = ("attended", "answers", "score_sum")
    columns = [getattr(ActivitySession, name) for name in (*names, *counts)]
    stmt = stmt.add_columns(*columns, Building.name.label("place"))
    stmt = stmt.outerjoin(Building, Building.id == HELD.building_id).where(whose == unit)
    return stmt.order_by(HELD.day, HELD.activity_id)


def _kinds(field: str, theme: str) -> str:
    """The words of ours that are on record."""
    known = [Phrase(word) for word in (field, theme) if word]
    if len(known) < 2:
        return known[0] if known else ""
    return Phrase("{field} · {theme}", field=known[0], theme=known[1])


def _spaces(conn: Connection, kind: str, unit: str, last: Filters) -> Iterator[Row]:
    """None of a college by its students: a space is of a building."""
    if kind == COLLEGE_BELONGS:
        return
    columns = (Space.id, Space.name, Space.function, Space.area, Space.opened)
    stmt = select(*columns, Building.name.label("place")).select_from(Space)
    stmt, whose = of_units(stmt, Space, kind, last.as_of)
    stmt = stmt.join(Building, Building.id == Space.building_id)
    stmt = stmt.where(whose == unit, open_on(last.as_of, Space.opened, Space.closed))
    for row in conn.execute(stmt.order_by(Space.id)):
        yield {
            "ledger": "space",
            "record_id": row.id,
            "day": row.opened,
            "title": row.name,
            "place": row.place,
            "what": Phrase(row.function),
            "number": row.area,
            "number_of": Phrase("平方米"),
            "function": row.function,
        }


def _visits(conn: Connection, kind: str, unit: str, part: Filters) -> Iterator[Row]:
    """A row a week and kind of place, on the Monday of the week."""
    flow = FlowCount
    home = flow.kind.like(f"{APARTMENT}%")
    where = case((home, APARTMENT), else_=CLASS)
    stmt = select(flow.day, where.label("venue"), func.sum(flow.number).label("number"))
    stmt, whose = of_units(stmt.select_from(flow), flow, kind, part.as_of)
    stmt = stmt.where(
        flow.build == build_of(part.term),
        flow.metric == "visit_records",
        flow.day <= part.as_of,
        whose == unit,
    )
    counted: dict[tuple[date, str], int] = {}
    for row in conn.execute(stmt.group_by(flow.day, where)):
        monday = row.day - timedelta(days=row.day.weekday())
        counted[monday, row.venue] = counted.get((monday, row.venue), 0) + row.number
    weeks = {w.starts - timedelta(days=w.starts.weekday()): w for w in weeks_of(conn, part.term)}
    for (monday, venue), number in counted.items():
        yield _week(monday, weeks[monday].number, venue, number)


def _week(monday: date, number: int, venue: str, visits: int) -> Row:
    named = Phrase("教学周之外的走访") if number < 1 else Phrase("第{week}周走访", week=number)
    return {
        "ledger": "visit",
        "record_id": f"{monday.isoformat()}|{venue}",
        "day": monday,
        "title": named,
        "place": "",
        "what": Phrase(venue),
        "number": visits,
        "number_of": Phrase("次"),
        "venue": venue,
    }
