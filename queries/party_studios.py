"""党团联合工作室：which colleges each one joins, and which clusters and buildings it serves."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, or_, select

from data.access.viewer import Viewer
from data.models.party import (
    STUDIO,
    JointStudioCollege,
    PartyOrganisation,
    PartyOrganisationScope,
)
from data.models.people import College
from data.models.place import Building, Cluster
from queries.counts import residences
from queries.filters import Filters
from queries.slice import frame, valid_on

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


def _served(filters: Filters, viewer: Viewer) -> Any:
    """Residential buildings of the slice, with the studio of their cluster or of their own."""
    organisation, scope = PartyOrganisation, PartyOrganisationScope
    studio = (
        select(organisation.id, organisation.name, scope.cluster_id, scope.building_id)
        .join(scope, scope.organisation_id == organisation.id)
        .where(
            organisation.kind == STUDIO,
            valid_on(filters.as_of, organisation.founded, organisation.closed),
            valid_on(filters.as_of, scope.starts, scope.ends),
        )
        .subquery("studio")
    )
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
        .where(*residences(filters, viewer))
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
        .where(PartyOrganisation.id.in_(theirs), valid_on(filters.as_of, tie.starts, tie.ends))
        .order_by(College.id, PartyOrganisation.id)
        .distinct()
    )
