"""44023 by counselor: a support view for a college of its own counselors, or of oneself.

Every number is of all a counselor is in charge of: the students on their list, and those who live
in a building they are appointed to, each once. The slice says whose row is shown, not what is in
it. Rows stand by name; nobody is ranked.
"""

from collections import defaultdict
from dataclasses import replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, case, func, literal, or_, select, union_all
from sqlalchemy.sql.selectable import FromClause

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.contact import ConcernStage, CounselorPeriod, StudentContact
from data.models.people import College, Counselor, CounselorBuilding
from data.models.place import Building
from data.summaries.method import method_of
from queries.by_college import ratio, whole, with_rates
from queries.contact_slice import appointed, enrolled, periods, students
from queries.filters import Filters
from queries.peers import FEWEST
from queries.plan_instance import ROOMS_PER_VISIT
from queries.slice import Where, build_of, frame, open_on
from queries.students_met import count_of, met_by, not_yet_met
from queries.workload import ANSWERS, WORK, answers_by, counted_through, work_by

CONTACT, STAGE, POST = StudentContact, ConcernStage, CounselorBuilding
WHO = ["counselor_id", "counselor", "college", "kind", "employment", "buildings"]
CHARGE = ["numerator", "denominator", "listed", "met_counted"]
LIKE = 0.25
"""Lists that are larger or smaller by so much at the most are of like size."""
LEFT = ["unmet", "unmet_rooms", "unhoused", "visits_needed"]
COLUMNS = [*WHO, *CHARGE, "norm", *LEFT, *WORK, *ANSWERS, "low", "high", "apartment_share"]
COLUMNS += ["fields_share", "slots_share", "answers_share", "slots_low", "slots_high"]
COLUMNS += ["answers_low", "answers_high", "per_week", "per_hundred", "new_per_visit"]
COLUMNS += ["peers", "peer_median"]


def by_counselor(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per counselor in office whom the viewer may see, by name: WHO; students met of those
    in charge of (`numerator, denominator`), `listed` beside the `norm`; LEFT, what is to be done;
    WORK, ANSWERS and their shares with 95 % bounds; `per_hundred` visits in a week due for a
    hundred students, `new_per_visit` students first met; `peer_median` coverage of `peers` others.
    """
    found = frame(conn, _who(filters, viewer))
    if found.empty:
        return pd.DataFrame([], columns=COLUMNS)
    charge = _charges(conn, filters)
    bare = Filters(term=filters.term, date=filters.date)
    chosen = list(found["counselor_id"])
    mine = [*periods(bare, viewer), CounselorPeriod.counselor_id.in_(chosen)]
    concerns = _concerns(filters, chosen)
    parts = [
        charge.set_index("counselor_id")[CHARGE],
        work_by(conn, CounselorPeriod.counselor_id, filters, mine).set_index("owner"),
        answers_by(conn, concerns.c.in_charge, concerns.c, filters, []).set_index("owner"),
        _left(conn, filters, chosen),
    ]
    found = found.set_index("counselor_id").join(parts).reset_index(names="counselor_id")
    found = whole(found, [*CHARGE, *WORK, *ANSWERS, *LEFT])
    found = found[found["in_office"].astype(bool) | (found["denominator"] > 0)]
    found = found.assign(
        norm=method_of(conn, filters.term).students_per_counselor,
        buildings=_buildings(conn, filters, found["counselor_id"]),
    )
    order = found.sort_values(["counselor", "counselor_id"], ignore_index=True)
    return _adjusted(order, charge)[COLUMNS]


def _who(filters: Filters, viewer: Viewer) -> Rows:
    """Counselors in scope; a slice of places, degrees or led buildings has those who look after
    somebody in it."""
    where: list[Where] = [viewer.sees_counselor(Counselor.id, Counselor.college_id)]
    if filters.counselor:
        where.append(Counselor.id == filters.counselor)
    if filters.belonging:
        where.append(Counselor.college_id == filters.college)
    if filters.leading or filters.level or filters.degree:
        bare = replace(filters, counselor="", college=filters.leading)
        where.append(_looks_after(bare, viewer))
    in_office = open_on(filters.as_of, Counselor.starts, Counselor.ends)
    return (
        select(
            Counselor.id.label("counselor_id"),
            Counselor.name.label("counselor"),
            College.name.label("college"),
            Counselor.kind,
            Counselor.employment,
            case((in_office, 1), else_=0).label("in_office"),
        )
        .outerjoin(College, College.id == Counselor.college_id)
        .where(*where)
    )


def _looks_after(filters: Filters, viewer: Viewer) -> Where:
    here = students(filters, viewer)
    homes = POST.building_id.in_(select(CONTACT.building_id).where(*here))
    posted = select(POST.counselor_id).where(homes, appointed(filters))
    listed = select(CONTACT.counselor_id).where(*here)
    return or_(Counselor.id.in_(listed), Counselor.id.in_(posted))


def _posts(filters: Filters) -> FromClause:
    """Who is appointed to which building on the day, each pair once."""
    pair = select(POST.counselor_id, POST.building_id).where(appointed(filters)).distinct()
    return pair.subquery("post")


def _in_charge(rows: Any, columns: dict[str, Any], filters: Filters, where: list[Where]) -> Any:
    """Rows with a counselor and a building under everyone in charge of them, `in_charge`, once
    each."""
    post = _posts(filters)
    named = [column.label(name) for name, column in columns.items()]
    own = select(rows.counselor_id.label("in_charge"), *named)
    living = and_(post.c.building_id == rows.building_id, post.c.counselor_id != rows.counselor_id)
    served = select(post.c.counselor_id, *named).select_from(post).join(rows, living)
    both = union_all(own.where(rows.counselor_id != "", *where), served.where(*where))
    return both.subquery("charge")


def _charges(conn: Connection, filters: Filters) -> pd.DataFrame:
    """Every counselor of the university, whoever asks: what leaves here are rows in scope, and
    medians over at least four others. `counselor_id` and CHARGE; `met_counted` by the end of the
    last week whose visits are counted."""
    through = counted_through(conn, filters)
    by_then = count_of(CONTACT.first_own <= through) if through else literal(0)
    pair = (CONTACT.counselor_id, CONTACT.building_id)
    met = count_of(met_by(CONTACT.first_own, filters))
    stmt = select(*pair, met, by_then, func.count()).where(*enrolled(filters)).group_by(*pair)
    posts = defaultdict(list)
    for who, building in conn.execute(select(*_posts(filters).c)):
        posts[building].append(who)
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * len(CHARGE))
    for own, building, *counts, number in conn.execute(stmt):
        for who in {own, *posts[building]} - {""}:
            each = (counts[0], number, number if who == own else 0, counts[1])
            sums[who] = [so_far + more for so_far, more in zip(sums[who], each, strict=True)]
    found = pd.DataFrame.from_dict(sums, orient="index", columns=CHARGE)
    return found.rename_axis("counselor_id").reset_index()


def _concerns(filters: Filters, chosen: list[str]) -> Any:
    """Concerns of the term under whoever is in charge of them."""
    columns = {name: getattr(STAGE, name) for name in ("carried", "limit_day", "responded")}
    here = [STAGE.build == build_of(filters.term), STAGE.raised <= filters.as_of]
    every = _in_charge(STAGE, columns, filters, here)
    return select(*every.c).where(every.c.in_charge.in_(chosen)).subquery("concern")


def _left(conn: Connection, filters: Filters, chosen: list[str]) -> pd.DataFrame:
    """Of the chosen counselors: LEFT, by number. A visit goes through ROOMS_PER_VISIT rooms of one
    floor, as in the worklist; who has no room is to be met otherwise."""
    names = ("building_id", "floor_id", "room_id")
    columns = {name: getattr(CONTACT, name) for name in names}
    left = _in_charge(CONTACT, columns, filters, [*enrolled(filters), not_yet_met(filters)]).c
    rooms = func.count(func.nullif(left.room_id, "").distinct())
    stmt = select(
        left.in_charge,
        func.count().label("unmet"),
        rooms.label("unmet_rooms"),
        count_of(left.room_id == "").label("unhoused"),
    ).where(left.in_charge.in_(chosen))
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * len(LEFT))
    for who, unmet, doors, unhoused in conn.execute(
        stmt.group_by(left.in_charge, left.building_id, left.floor_id)
    ):
        each = (unmet, doors, unhoused, -(-doors // ROOMS_PER_VISIT))
        sums[who] = [so_far + more for so_far, more in zip(sums[who], each, strict=True)]
    return pd.DataFrame.from_dict(sums, orient="index", columns=LEFT)


def _buildings(conn: Connection, filters: Filters, chosen: pd.Series) -> list[str]:
    """The names of the buildings each is appointed to."""
    post = _posts(filters)
    stmt = select(post.c.counselor_id, Building.name).join(
        Building, Building.id == post.c.building_id
    )
    named: dict[str, list[str]] = defaultdict(list)
    for who, building in conn.execute(stmt.order_by(Building.id)):
        named[who].append(building)
    return ["、".join(named[who]) for who in chosen]


def _adjusted(found: pd.DataFrame, everyone: pd.DataFrame) -> pd.DataFrame:
    """With shares, what is adjusted for workload, and how those with as many students stand."""
    rates = with_rates(found)
    peers = [_peers(everyone, row) for row in rates.itertuples()]
    return rates.assign(
        per_hundred=100 * ratio(rates["per_week"], rates["denominator"]),
        new_per_visit=ratio(rates["met_counted"], rates["visits"]),
        peers=[count for count, _ in peers],
        peer_median=[middle for _, middle in peers],
    )


def _peers(everyone: pd.DataFrame, row: Any) -> tuple[int, float | None]:
    """How many others are in charge of as many students, and the median of their coverage; none of
    fewer than four, since it would tell what single ones hold."""
    size, others = everyone["denominator"], everyone["counselor_id"] != row.counselor_id
    like = everyone[others & ((size - row.denominator).abs() <= LIKE * row.denominator)]
    if len(like) < FEWEST:
        return len(like), None
    return len(like), float((like["numerator"] / like["denominator"]).median())
