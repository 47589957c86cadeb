"""Awards and publications of buildings and colleges: whose each one is, by date.

An award of a Party organisation is that of the building it serves on the day of the award, through
a floor that of the floor's building, and through a cluster that of every residential building of
the cluster in use. A college that leads buildings has theirs, by who led on the day, and its own; a
college by its students has its own, and those of the joint studios it is in.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, exists, or_, select

from data.access.viewer import Viewer
from data.models.evaluation import Award, Publication
from data.models.party import JointStudioCollege, PartyOrganisation, PartyOrganisationScope
from data.models.place import Building, BuildingLead, Floor
from data.models.time import Term
from data.schemes.scheme import BUILDING, COLLEGE_BELONGS, COLLEGE_LEADS
from queries.filters import Filters

AWARD, PUBLICATION = "award", "publication"
LEVELS = tuple(Award.level.type.enums)
"""From the lowest to the highest."""
COLUMNS = ["unit_id", "ledger", "record_id", "day", "title", "what", "via", "holder"]
"""`what` is the level of an award or the channel of a publication, `via` the organisation whose
award it is, `holder` the place or college of a unit that has it, "" where a unit is one itself."""
Owner = tuple[str, str]


def is_kept(conn: Connection, model: Any) -> bool:
    """Whether a ledger holds anything: of one that nobody keeps, nothing found says nothing."""
    return bool(conn.scalar(select(exists(select(model.id)))))


def honours_of(
    conn: Connection, kind: str, units: Iterable[str], last: date, first: date = date.min
) -> pd.DataFrame:
    """Every award and publication of these units from the first day to the last, newest first:
    COLUMNS. One that several of the units share has a row in each."""
    rows = [*_awards(conn, kind, first, last), *_publications(conn, kind, first, last)]
    found = pd.DataFrame(rows, columns=COLUMNS)
    found = found[found["unit_id"].isin(list(units))]
    order = ["day", "ledger", "record_id"]
    return found.sort_values(order, ascending=[False, True, True], ignore_index=True)


def distinct_honours(found: pd.DataFrame) -> pd.DataFrame:
    """`honours_of` without what is the same: an award by its name, kept at its highest level, a
    publication by its title, kept where it came first. Two buildings of one college that have an
    award of one name have two."""
    level = found["what"].map({name: n for n, name in enumerate(LEVELS)}).fillna(-1)
    plain = found["title"].map(lambda text: "".join(str(text).split()))
    order = found.assign(level=level, plain=plain).sort_values(
        ["level", "day", "record_id"], ascending=[False, True, True]
    )
    kept = order.drop_duplicates(["unit_id", "ledger", "plain", "holder"])
    return found.loc[kept.index.sort_values()]


def _awards(conn: Connection, kind: str, first: date, last: date) -> list[tuple[Any, ...]]:
    owners = _Owners(conn, kind)
    once: dict[tuple[str, str], tuple[Any, ...]] = {}  # one that a unit has in two ways it has once
    for row in conn.execute(_placed_awards(first, last)).all():
        places = [(id_, id_) for id_ in (row.building_id, row.served, row.floor_of)]
        places += [(home, row.cluster_id) for home in owners.of_cluster(row.cluster_id, row.day)]
        colleges = (row.college_id, *owners.joined(row.organisation_id, row.day))
        told = (AWARD, str(row.id), row.day, row.name, row.level, row.organisation or "")
        for unit, holder in owners.units(places, colleges, row.day):
            once.setdefault((unit, str(row.id)), (unit, *told, holder))
    return list(once.values())


def _placed_awards(first: date, last: date) -> Any:
    """Awards with each place that their organisation serves on that day."""
    scope, organisation, day = PartyOrganisationScope, PartyOrganisation, Award.day
    on_day = and_(scope.starts <= day, or_(scope.ends.is_(None), scope.ends >= day))
    names = (Award.id, Award.name, Award.level, day, Award.building_id, Award.college_id)
    return (
        select(*names, Award.organisation_id, organisation.name.label("organisation"))
        .add_columns(scope.building_id.label("served"), scope.cluster_id)
        .add_columns(Floor.building_id.label("floor_of"))
        .outerjoin(organisation, organisation.id == Award.organisation_id)
        .outerjoin(scope, and_(scope.organisation_id == Award.organisation_id, on_day))
        .outerjoin(Floor, Floor.id == scope.floor_id)
        .where(day >= first, day <= last)
        .order_by(Award.id, scope.id)
    )


def _publications(conn: Connection, kind: str, first: date, last: date) -> Iterator[Any]:
    paper, owners = Publication, _Owners(conn, kind)
    names = (paper.id, paper.title_text, paper.channel, paper.day)
    stmt = select(*names, paper.building_id, paper.college_id)
    for row in conn.execute(stmt.where(paper.day >= first, paper.day <= last)).all():
        places = [(row.building_id, "")]
        for unit in dict.fromkeys(u for u, _ in owners.units(places, (row.college_id,), row.day)):
            yield (unit, PUBLICATION, str(row.id), row.day, row.title_text, row.channel, "", "")


class _Owners:
    """Which units of a kind an honour of a place or college belongs to on a day."""

    def __init__(self, conn: Connection, kind: str) -> None:
        self.kind = kind
        lead, studio = BuildingLead, JointStudioCollege
        self._leads = _rows(conn, lead.building_id, lead.college_id, lead.starts, lead.ends)
        names = (studio.organisation_id, studio.college_id, studio.starts, studio.ends)
        self._studios = _rows(conn, *names)
        homes = select(Building.cluster_id, Building.id, Building.opened, Building.closed)
        self._homes = conn.execute(homes.where(Building.residential)).all()

    def of_cluster(self, cluster: str | None, day: date) -> list[str]:
        """Its residential buildings in use."""
        return [b.id for b in self._homes if b.cluster_id == cluster and _open(b, day)]

    def joined(self, organisation: str | None, day: date) -> list[str]:
        """Colleges that a joint studio is of, where units are colleges by their students."""
        if self.kind != COLLEGE_BELONGS:
            return []
        return [r[1] for r in self._studios if r[0] == organisation and _within(day, *r[2:])]

    def units(
        self, places: Iterable[tuple[Any, Any]], colleges: Iterable[str | None], day: date
    ) -> Iterator[Owner]:
        """Units and the holder within each: `places` are buildings with who holds it there."""
        if self.kind == BUILDING:
            yield from ((place, "") for place, _ in places if place)
            return
        yield from ((college, college) for college in colleges if college)
        if self.kind == COLLEGE_LEADS:
            for place, holder in places:
                for building, college, starts, ends in self._leads:
                    if building == place and _within(day, starts, ends):
                        yield college, holder or ""


def _rows(conn: Connection, *columns: Any) -> list[Any]:
    return [tuple(row) for row in conn.execute(select(*columns))]


def _within(day: date, starts: date, ends: date | None) -> bool:
    return starts <= day and (ends is None or ends >= day)


def _open(building: Any, day: date) -> bool:
    opened, closed = building.opened, building.closed
    return (opened is None or opened <= day) and (closed is None or closed >= day)


HISTORY = ["unit_id", "building_id", "term", "day", "ledger", "ledger_name", "title", "what", "via"]
NAMES = {AWARD: "获奖", PUBLICATION: "经验发表"}


def building_honours(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Awards and publications of the building over all terms up to the as-of day, newest first:
    HISTORY. `term` is the name of the term the day lies in, "" between terms."""
    seen = select(Building.id).where(
        Building.id == filters.building, viewer.sees_building(Building.id)
    )
    return honour_history(conn, BUILDING, list(conn.scalars(seen)), filters.as_of)


def honour_history(conn: Connection, kind: str, units: list[str], last: date) -> pd.DataFrame:
    """The same of units of a kind."""
    found = honours_of(conn, kind, units, last)
    terms = conn.execute(select(Term.name, Term.starts, Term.ends)).all()
    named = [next((x.name for x in terms if _within(day, *x[1:])), "") for day in found["day"]]
    told = found.assign(
        term=pd.Series(named, index=found.index, dtype=object),
        building_id=found["unit_id"] if kind == BUILDING else "",
        ledger_name=found["ledger"].map(NAMES),
    )
    return told[HISTORY]
