"""谁在带头：five-lead entries by lead and month, plates and identities by building."""

import pandas as pd
from sqlalchemy import Connection, func, select

from data.access.viewer import Viewer
from data.models.dashboard import CoverageStep, FlowCount
from data.models.place import Building, Cluster
from queries.counts import counted
from queries.coverage import IDENTITY, PLATE, SINGLE_LEADS, coverage_rates
from queries.filters import Filters
from queries.slice import frame, on_day, steps


def leads_by_month(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per lead and month of the term up to the day: `lead, month, entries, people,
    members`. `people` of the `members` have an entry in the term: they do not add up over months.
    """
    flow = FlowCount
    where = [*counted(flow, filters, viewer), flow.metric == "five_lead_entries"]
    stmt = (
        select(flow.kind, flow.day, func.sum(flow.number).label("entries"))
        .where(*where, flow.day <= filters.as_of)
        .group_by(flow.kind, flow.day)
    )
    found = frame(conn, stmt)
    columns = ["lead", "month", "entries", "people", "members"]
    if found.empty:
        return pd.DataFrame(columns=columns)
    found = found.assign(month=[str(day)[:7] for day in found["day"]])
    table = found.pivot_table("entries", "kind", "month", aggfunc="sum", fill_value=0)
    rates = coverage_rates(conn, filters, viewer).set_index("metric")
    rows = []
    for metric in SINGLE_LEADS:
        lead = metric.name.removeprefix("带头")
        of = rates.loc[metric.key] if metric.key in rates.index else None
        done, due = (0, 0) if of is None else (int(of["numerator"]), int(of["denominator"]))
        for month in table.columns:
            entries = int(table[month].get(lead, 0))
            rows.append((lead, month, entries, done, due))
    return pd.DataFrame(rows, columns=columns)


def displays_by_building(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per building where Party members live, in the order of places: `cluster, building_id,
    building, plates, rooms, shown, members`."""
    step = CoverageStep
    stmt = (
        select(
            Cluster.name.label("cluster"),
            step.building_id,
            Building.name.label("building"),
            *(
                func.sum(column).filter(step.metric == metric.key).label(name)
                for metric, names in (
                    (PLATE, ("plates", "rooms")),
                    (IDENTITY, ("shown", "members")),
                )
                for name, column in zip(names, (step.numerator, step.denominator), strict=True)
            ),
        )
        .join(Building, Building.id == step.building_id)
        .join(Cluster, Cluster.id == Building.cluster_id)
        .where(
            *steps(filters, viewer, level="building"),
            step.metric.in_((PLATE.key, IDENTITY.key)),
            step.denominator > 0,
            on_day(step, filters),
        )
        .group_by(Cluster.campus_id, Cluster.id, Cluster.name, step.building_id, Building.name)
        .order_by(Cluster.campus_id, Cluster.id, step.building_id)
    )
    return frame(conn, stmt).fillna({"plates": 0, "rooms": 0, "shown": 0, "members": 0})
