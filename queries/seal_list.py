"""Every seal there is, verified as it is listed, and what would be sealed now."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from data.access import audit
from data.access.viewer import COMMITTEE, Viewer
from data.schemes.scheme import UNITS
from data.seals.stored import Record, current_seal, every_record, noted_hashes
from data.seals.verifying import around, failed, read, verify
from queries.choices import serving
from queries.evaluated_units import seen_units
from queries.evaluation import evaluate
from queries.filters import Filters
from queries.ranking import may_see
from queries.seals import MAY_TAKE, period_ends

CURRENT, SUPERSEDED, BROKEN = "有效", "已被取代", "校验未通过"
STATES = (CURRENT, SUPERSEDED, BROKEN)
LIST = ["id", "scheme", "scheme_name", "version", "kind", "period", "until", "unit_kind"]
LIST += ["units", "as_of", "data_version", "at", "who", "account", "note", "sha256", "supersedes"]
LIST += ["superseded_by", "state", "problem", "checked", "may_take"]
OFFER = [
    "scheme",
    "scheme_name",
    "version",
    "kind",
    "period",
    "until",
    "ends",
    "over",
    "data_version",
    "units",
]
OFFER += ["missing", "cells", "current"]


def seal_list(
    conn: Connection,
    filters: Filters,  # noqa: ARG001 - seals are of every period
    viewer: Viewer,
) -> pd.DataFrame:
    """One row per seal of units the viewer may see, the newest first: LIST. `state` is one of
    STATES, `checked` when (UTC) it was verified, `problem` names the checks that do not hold; one
    with a problem says nothing of itself but what its columns say."""
    if not may_see(viewer):
        return pd.DataFrame([], columns=LIST)
    records, noted = every_record(conn), noted_hashes(conn)
    newer = {one.supersedes: one.id for one in records if one.supersedes}
    moment = audit.utc_now().isoformat(" ", "minutes")
    rows = []
    for one in reversed(records):
        seen = seen_units(conn, one.unit, viewer)
        if seen is not None and not seen:
            continue
        wrong = failed(verify(one, around(records, one.id, noted)))
        row = _listed(one, {} if wrong else read(one.content))
        row |= {"problem": wrong, "checked": moment, "superseded_by": newer.get(one.id)}
        row["state"] = BROKEN if wrong else SUPERSEDED if one.id in newer else CURRENT
        rows.append({**row, "may_take": viewer.role in MAY_TAKE})
    return pd.DataFrame(rows, columns=LIST)


def _listed(record: Record, content: dict[str, Any]) -> dict[str, Any]:
    """What a seal says of itself; of one that cannot be trusted what its columns say."""
    row: dict[str, Any] = {
        **{name: getattr(record, name) for name in ("id", "scheme", "sha256", "account", "at")},
        "period": record.period,
        "unit_kind": UNITS.get(record.unit, record.unit),
        "supersedes": record.supersedes,
        **dict.fromkeys(("version", "kind", "until", "as_of", "who", "note"), ""),
        "scheme_name": record.scheme,
    }
    if not content:
        return row
    return row | {
        "scheme_name": content["scheme"]["name"],
        "version": content["scheme"]["version"],
        "kind": content["period"]["kind"],
        "until": content["period"]["parts"][-1]["date"],
        "units": len(content["data"]["units"]),
        "as_of": content["data"]["as_of"],
        "data_version": content["data"]["version"],
        "who": content["sealed"]["display_name"],
        "note": content["sealed"]["note"],
    }


def seal_offer(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """What would be sealed now, in one row for the committee, none for others: OFFER. `over` tells
    whether the period has ended, `current` is the seal that a new one would supersede; `missing` of
    so many `cells` are unknown."""
    if viewer.role != COMMITTEE:
        return pd.DataFrame([], columns=OFFER)
    now = evaluate(conn, filters)
    ends = period_ends(conn, now.period)
    found = current_seal(every_record(conn), now.scheme.key, now.period.key)
    row = {
        "scheme": now.scheme.key,
        "scheme_name": now.scheme.name,
        "version": now.scheme.version,
        "kind": now.period.kind,
        "period": now.period.key,
        "until": now.period.last.date,
        "ends": ends.isoformat(),
        "over": now.period.last.as_of >= ends,
        "data_version": serving(conn).id,
        "units": len(now.units),
        "missing": int(pd.isna(now.values).sum()),
        "cells": len(now.raw),
        "current": found.id if found else None,
    }
    return pd.DataFrame([row], columns=OFFER)
