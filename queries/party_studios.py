"""党团联合工作室：which colleges each one joins, and which clusters and buildings it serves."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, or_, select

from data.access.viewer import Viewer
from data.models.party import JointStudioCollege, PartyOrganisation, PartyOrganisationScope
from data.models.people import College
from data.models.place import Building, Cluster
from queries.counts import buildings, lived_in_by
from queries.filters import BELONGS, Filters
from queries.slice import Where, frame

STUDIO = "党团联合工作室"
COLUMNS = ["studio_id", "studio", "college_id", "college", "cluster_id", "cluster"]
COLUMNS += ["building_id", "building"]


def studios(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per tie of a studio to a college or to a building, and one per building that none
    serves: `studio_id, studio, college_id, college, cluster_id, cluster, building_id, building`.

    What a row does not name is None. A studio is in the slice with the buildings it serves there,
    and with all its colleges.
    """
    served = frame(conn, _served(filters, viewer))
    theirs = served["studio_id"].dropna().unique().tolist()
    joined = frame(conn, _joined(filters, theirs))
    found = pd.concat([joined, served], ignore_index=True) if len(joined) else served
    return found.reindex(columns=COLUMNS)


def _in_force(rows: Any, filters: Filters) -> tuple[Where, Where]:
    return rows.starts <= filters.as_of, or_(rows.ends.is_(None), rows.ends >= filters.as_of)


def _served(filters: Filters, viewer: Viewer) -> Any:
    """Residential buildings of the slice, with the studio of their cluster or of their own."""
    organisation, scope = PartyOrganisation, PartyOrganisationScope
    studio = (
        select(organisation.id, organisation.name, scope.cluster_id, scope.building_id)
        .join(scope, scope.organisation_id == organisation.id)
        .where(
            organisation.kind == STUDIO,
            organisation.founded <= filters.as_of,
            or_(organisation.closed.is_(None), organisation.closed >= filters.as_of),
            *_in_force(scope, filters),
        )
        .subquery("studio")
    )
    where = [Building.residential, *buildings(Building.id, filters, viewer)]
    where += [
        or_(Building.opened.is_(None), Building.opened <= filters.as_of),
        or_(Building.closed.is_(None), Building.closed >= filters.as_of),
    ]
    chosen = {Cluster.campus_id: filters.campus, Cluster.id: filters.cluster}
    chosen |= {Building.id: filters.building}
    where += [column == place for column, place in chosen.items() if place]
    if filters.college and filters.college_as == BELONGS:
        where.append(Building.id.in_(lived_in_by(filters)))
    return (
        select(
            studio.c.id.label("studio_id"),
            studio.c.name.label("studio"),
            Cluster.id.label("cluster_id"),
            Cluster.name.label("cluster"),
            Building.id.label("building_id"),
            Building.name.label("building"),
        )
        .select_from(Building)
        .join(Cluster, Cluster.id == Building.cluster_id)
        .outerjoin(
            studio,
            or_(studio.c.cluster_id == Cluster.id, studio.c.building_id == Building.id),
        )
        .where(*where)
        .distinct()
        .order_by(Cluster.campus_id, Cluster.id, Building.id, studio.c.id)
        .add_columns(Cluster.campus_id)
    )


def _joined(filters: Filters, theirs: list[str]) -> Any:
    tie = JointStudioCollege
    return (
        select(
            PartyOrganisation.id.label("studio_id"),
            PartyOrganisation.name.label("studio"),
            College.id.label("college_id"),
            College.name.label("college"),
        )
        .join(tie, tie.organisation_id == PartyOrganisation.id)
        .join(College, College.id == tie.college_id)
        .where(PartyOrganisation.id.in_(theirs), *_in_force(tie, filters))
        .order_by(College.id, PartyOrganisation.id)
        .distinct()
    )
