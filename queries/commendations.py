"""两优一先 by organisation: the building workstations in the order of their term's evaluation.

The system ranks no persons: 优秀共产党员 and 优秀党务工作者 are for the Party committee to find.
What can be laid before it are the organisations, with what is on record of each.
"""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from data.access.viewer import Viewer
from data.locale.translate import Phrase
from data.models.party import WORKSTATION, PartyOrganisation, PartyOrganisationScope
from data.schemes.scheme import BUILDING, TERM
from queries.assessment import period_said
from queries.award_places import places
from queries.evaluation import Evaluation, evaluate
from queries.filters import Filters
from queries.honours import AWARD, distinct_honours, honours_of
from queries.ranking import may_see, only_seen
from queries.slice import frame, valid_on
from queries.source_honours import first_day
from queries.unit_rates import unit_rates

WITHIN, TIED, BEYOND, STRUCK, UNSCORED = (
    "名额内",
    "与名额末位同分",
    "名额外",
    "一票否决",
    "没有总分",
)
MARKS = (WITHIN, TIED, BEYOND, STRUCK, UNSCORED)
RATES = ("five_lead", "workstation_enrolment")
COLUMNS = ["unit_id", "building_id", "building", "peer_group", "rank", "of", "total", "station"]
COLUMNS += ["mark", "places", "awards", "award_names", "leading", "members", "enrolled", "due"]
COLUMNS += ["note", "scheme", "version", "period", "without"]


def commendations(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per building workstation the viewer may see, peer group by peer group in the order of
    its evaluation: COLUMNS. Only where the scheme judges buildings over a term.

    `places` are those of its peer group under the scheme's quota and `mark` one of MARKS; `awards`
    counts those of the period, each once; `leading` of `members` have all five leads, `enrolled` of
    `due` are on the roster; `without` counts buildings seen that have no workstation; `note` is
    left to the committee.
    """
    none = pd.DataFrame([], columns=COLUMNS)
    if not may_see(viewer):
        return none
    now = evaluate(conn, filters)
    if now.scheme.unit != BUILDING or now.period.kind != TERM:
        return none
    seen = only_seen(conn, now, _marked(now), viewer)
    stations = _stations(conn, now)
    found = seen.merge(stations, on="unit_id")
    units = list(found["unit_id"])
    found = found.join(_awards(conn, now, units), on="unit_id")
    found = found.join(_counts(conn, now, units), on="unit_id")
    order = found.sort_values(["peer_group", "rank", "unit_id"], na_position="last")
    without = len(set(seen["unit_id"]) - set(units))
    said = {"version": now.scheme.version, "period": period_said(now)}
    return _told(order, without=without, scheme=Phrase(now.scheme.name), **said)


def _marked(now: Evaluation) -> pd.DataFrame:
    results = now.results.rename(columns={"unit": "building"})
    given = [places(of, now.scheme.quota) for of in results["of"]]
    results = results.assign(places=given)
    # where units share the last place, more of them have it than there are places
    level = results.groupby(["peer_group", "rank"])["unit_id"].transform("size")
    results = results.assign(level=level)
    return results.assign(mark=[_mark(row) for row in results.itertuples()])


def _mark(row: Any) -> str:
    if row.veto:
        return STRUCK
    if pd.isna(row.rank):
        return UNSCORED
    if row.rank > row.places:
        return BEYOND
    return TIED if row.rank + row.level - 1 > row.places else WITHIN


def _stations(conn: Connection, now: Evaluation) -> pd.DataFrame:
    """`unit_id, station`: the workstations that serve each building on the last day."""
    organisation, scope, day = PartyOrganisation, PartyOrganisationScope, now.period.last.as_of
    stmt = (
        select(scope.building_id.label("unit_id"), organisation.name.label("station"))
        .join(organisation, organisation.id == scope.organisation_id)
        .where(
            organisation.kind == WORKSTATION,
            scope.building_id.is_not(None),
            valid_on(day, scope.starts, scope.ends),
            valid_on(day, organisation.founded, organisation.closed),
        )
        .order_by(scope.building_id, organisation.id)
    )
    return frame(conn, stmt)


def _awards(conn: Connection, now: Evaluation, units: list[str]) -> pd.DataFrame:
    """`awards, award_names` of the period, by unit."""
    last, first = now.period.last.as_of, first_day(conn, now.period)
    found = distinct_honours(honours_of(conn, BUILDING, units, last, first))
    found = found[found["ledger"] == AWARD]
    titles = found["title"] + "（" + found["what"] + "）"
    grouped = found.assign(text=titles).groupby("unit_id")["text"]
    made = pd.DataFrame({"awards": grouped.size(), "award_names": grouped.agg("；".join)})
    return made.reindex(units).fillna({"awards": 0, "award_names": ""}).astype({"awards": int})


def _counts(conn: Connection, now: Evaluation, units: list[str]) -> pd.DataFrame:
    """`leading, members, enrolled, due` by unit."""
    found = unit_rates(conn, now.period, BUILDING, units, RATES)
    made: dict[str, Any] = {}
    for metric, names in zip(RATES, (("leading", "members"), ("enrolled", "due")), strict=True):
        own = found[found["metric"] == metric].set_index("unit_id").reindex(units)
        made |= {names[0]: own["numerator"], names[1]: own["denominator"]}
    return pd.DataFrame(made, index=units)


def _told(found: pd.DataFrame, **whole: Any) -> pd.DataFrame:
    named = {
        name: pd.Series([value] * len(found), index=found.index, dtype=object)
        for name, value in whole.items()
    }
    told = found.assign(building_id=found["unit_id"], note="", **named)
    return told.reset_index(drop=True)[COLUMNS].astype({"without": int})
