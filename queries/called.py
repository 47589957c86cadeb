"""Which building is meant: by its id, its name, an alias such as 桃3, or cluster and number."""

import re
import unicodedata
from difflib import get_close_matches
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from data.access.viewer import Viewer
from data.errors import InvalidFilter
from data.locale.translate import t
from data.models.place import Building, Campus, Cluster
from queries.filters import Filters
from queries.slice import frame, open_on

CLOSE = 3
HOUSE = re.compile(r"(号楼|号公寓|号宿舍|栋|幢|楼|公寓|宿舍|号)$")
LAST_NUMBER = re.compile(r"\d+(?=\D*$)")


def folded(text: str) -> str:
    """A name without what people write differently: width, case, blanks, 号楼 or 栋."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
    return HOUSE.sub("", plain)


def building_called(conn: Connection, text: str) -> str:
    """The id of the building a person means; the text itself where none is known by it.

    InvalidFilter where it fits several: people are asked, never guessed for.
    """
    if conn.scalar(select(Building.id).where(Building.id == text)) is not None:
        return text
    wanted = folded(text)
    rows = conn.execute(_named()).all()
    fits = {row.id: row.name for row in rows if wanted in _keys(row)}
    if len(fits) > 1:
        names = "、".join(f"{name}（{key}）" for key, name in sorted(fits.items()))
        raise InvalidFilter(t("“{text}”可能是几栋楼：{names}。", text=text, names=names))
    return next(iter(fits), text)


def close_buildings(conn: Connection, text: str) -> tuple[str, ...]:
    """Names of buildings that are written nearly like this, the closest first."""
    keys = {key: row.name for row in conn.execute(_named()) for key in _keys(row)}
    close = get_close_matches(folded(text), list(keys), n=CLOSE * 4, cutoff=0.5)
    return tuple(dict.fromkeys(keys[key] for key in close))[:CLOSE]


def _named() -> Any:
    return select(
        Building.id,
        Building.name,
        Building.aliases,
        Building.cluster_id,
        Cluster.name.label("cluster"),
    ).join(Cluster, Cluster.id == Building.cluster_id)


def spellings(row: Any) -> list[str]:
    """Every way to call a building, as people write them."""
    number = LAST_NUMBER.search(row.name)
    short = [f"{row.cluster_id}{number[0]}", f"{row.cluster}{number[0]}"] if number else []
    return [row.name, *filter(None, (row.aliases or "").split("、")), row.id, *short]


def _keys(row: Any) -> set[str]:
    return {folded(spelling) for spelling in spellings(row)}


def buildings_to_find(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Every residential building in scope and in use on the day, in natural order: `campus,
    cluster, building_id, building, kind, called`; `called` are all its names."""
    stmt = (
        select(
            Campus.id.label("campus_id"),
            Campus.name.label("campus"),
            Cluster.name.label("cluster"),
            Building.cluster_id,
            Building.id,
            Building.name,
            Building.aliases,
            Building.residents.label("kind"),
        )
        .join(Cluster, Cluster.id == Building.cluster_id)
        .join(Campus, Campus.id == Cluster.campus_id)
        .where(
            Building.residential,
            viewer.sees_building(Building.id),
            open_on(filters.as_of, Building.opened, Building.closed),
        )
        .order_by(Campus.id, Cluster.id)
    )
    found = frame(conn, stmt)
    found["called"] = [" ".join(dict.fromkeys(spellings(row))) for row in found.itertuples()]
    found["order"] = [natural(name) for name in found["name"]]
    found = found.sort_values(["campus_id", "cluster_id", "order"], ignore_index=True)
    found = found.rename(columns={"id": "building_id", "name": "building"})
    return found[["campus", "cluster", "building_id", "building", "kind", "called"]]


def natural(name: str) -> str:
    """Numbers in a name as wide as any, so that 10 stands after 9."""
    return re.sub(r"\d+", lambda found: found[0].zfill(6), name)
