"""One item with all that was said of it, as far as the viewer may know yet."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import COMMITTEE, Viewer
from data.errors import InvalidFilter
from data.locale.translate import t
from data.schemes.scheme import BUILDING
from queries.filters import Filters
from queries.rating_items import MAY_RATE, Round, chosen_period, judged_units
from queries.rating_result import NONE, SHORT, STATES
from queries.ratings import AGREE, ORIGINS, Item, Rated, identity, items, manual
from queries.sealed import is_sealed

ITEM, CHANGE = "item", "change"
COLUMNS = ["part", "unit_id", "unit", "building_id", "indicator", "indicator_name", "period"]
COLUMNS += ["period_kind", "state", "state_name", "given", "raters", "value", "why", "shown"]
COLUMNS += [
    "sealed",
    "may_agree",
    "kind",
    "rater",
    "group",
    "term",
    "mine",
    "counts",
    "weighed",
    "before",
]
COLUMNS += ["score", "level", "evidence", "link", "at", "origin"]


def rating_form(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """The chosen item in one row (`part` item), then a row for each rating and agreement, the
    latest first (`part` change): `unit_id, unit, building_id, indicator, indicator_name, period,
    period_kind, state, state_name, given, raters, value, why, shown, sealed, may_agree`, and of a
    change `kind, rater, group, term, mine, counts, weighed, before, score, level, evidence, link,
    at, origin`.

    `before` is what the same rater gave before, or what was agreed before; `counts` marks what is
    the rater's latest, `weighed` is false of a group the scheme gives no weight. What others gave,
    and the value it comes to, is left out until the viewer has rated (`shown`). The committee may
    see it when all ratings asked for are there, since it settles what is discussed. There is no row
    without a unit and an indicator that exist.
    """
    if viewer.role not in MAY_RATE or not (filters.unit and filters.indicator):
        return pd.DataFrame(columns=COLUMNS)
    try:
        asked, item = chosen_item(conn, filters)
    except InvalidFilter:  # the page says so where the form would be
        return pd.DataFrame(columns=COLUMNS)
    return _frame(conn, asked, item, viewer)


def chosen_item(conn: Connection, filters: Filters) -> tuple[Round, Item]:
    """The slice's item; InvalidFilter where the scheme has no such unit or manual indicator."""
    scheme, period = chosen_period(conn, filters)
    found = [one for one in manual(scheme) if one.key == filters.indicator]
    if not found:
        raise InvalidFilter(t("这个方案没有这项人工指标：{value}", value=filters.indicator))
    units = judged_units(conn, period, scheme.unit)
    if filters.unit not in set(units["unit_id"]):
        raise InvalidFilter(t("这个方案没有这个评价单位：{value}", value=filters.unit))
    (item,) = items(conn, scheme, period, [filters.unit], found)
    return Round(scheme, period, units, [item]), item


def may_see(item: Item, viewer: Viewer) -> bool:
    """Whether what others gave may be known: to who has rated, and to the committee when the
    ratings asked for are there."""
    if item.of(viewer.name) is not None:
        return True
    return viewer.role == COMMITTEE and item.result.state not in (NONE, SHORT)


def may_agree(item: Item, viewer: Viewer) -> bool:
    """Whether the viewer may write down what was agreed: there is something to talk about."""
    return viewer.role == COMMITTEE and item.result.state not in (NONE, SHORT)


def _frame(conn: Connection, asked: Round, item: Item, viewer: Viewer) -> pd.DataFrame:
    shown = may_see(item, viewer)
    names = asked.units.set_index("unit_id")["unit"]
    result = item.result
    same = {
        "unit_id": item.unit_id,
        "unit": names[item.unit_id],
        "building_id": item.unit_id if asked.scheme.unit == BUILDING else "",
        "indicator": item.indicator.key,
        "indicator_name": item.indicator.name,
        "period": asked.period.key,
        "period_kind": asked.period.kind,
        "state": result.state,
        "state_name": STATES[result.state],
        "given": len(item.raters),
        "raters": item.indicator.source.raters,
        "value": result.value if shown else None,
        "why": result.why,
        "shown": shown,
        "sealed": is_sealed(conn, asked.scheme.key, asked.period.key),
        "may_agree": may_agree(item, viewer),
    }
    changes = [one for one in _changes(item, identity(viewer.name)) if shown or one["mine"]]
    rows = [{"part": ITEM, **same}, *({"part": CHANGE, **same, **one} for one in changes)]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"why": object})


def _changes(item: Item, viewer: str) -> Iterator[dict[str, Any]]:
    """Every change with what was there before, the latest first."""
    latest = {_whose(one): one for one in item.history}
    before: dict[Any, Rated | None] = {}
    told = []
    for one in item.history:
        earlier = before.get(_whose(one))
        before[_whose(one)] = one
        told.append((one, earlier))
    for one, earlier in reversed(told):
        yield {
            "kind": one.kind,
            "rater": one.name,
            "group": one.group,
            "term": one.term,
            "mine": one.rater == viewer and one.kind != AGREE,
            "counts": latest[_whose(one)] is one,
            "weighed": one.kind == AGREE or item.weighs(one.group),
            "before": earlier.score if earlier else None,
            "score": one.score,
            "level": one.level,
            "evidence": one.evidence,
            "link": one.link,
            "at": one.at,
            "origin": ORIGINS[one.origin],
        }


def _whose(one: Rated) -> tuple[str, str]:
    """What a later row takes the place of: a rater's score, or what was agreed."""
    return (one.kind, "") if one.kind == AGREE else (one.kind, one.rater)
