"""Joint studios of the clusters, the colleges they join, and League branches."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from data.demo.colleges import BEFORE_SPLIT, COLLEGES, ELECTRIC, ENERGY, SPLIT
from data.demo.places import Places
from data.demo.sites import CLUSTERS, SITES
from data.demo.terms import TermDates, in_term

COMMITTEE_ID = "pc"
NO_STUDIO = "zhuyuan"

# id, kind, name, parent, founded, closed; organisation, column, place, starts, ends
Organisation = tuple[str, str, str, str | None, date, date | None]
Scope = tuple[str, str, str, date, date | None]
Rows = tuple[list[Organisation], list[Scope]]


def studios(rng: np.random.Generator, terms: tuple[TermDates, ...]) -> Rows:
    """A joint studio in every cluster but one, with some of the buildings it joins."""
    organisations: list[Organisation] = []
    scopes: list[Scope] = []
    for number, (cluster, _, name, _) in enumerate(CLUSTERS):
        if cluster == NO_STUDIO:
            continue
        shift = 420 if cluster == "dongyuan" and len(terms) > 2 else int(rng.uniform(-500, 120))
        day = min(in_term(terms[0].starts + timedelta(days=shift), terms), date(2026, 11, 2))
        id_ = f"js-{cluster}"
        organisations.append(
            (id_, "党团联合工作室", f"{name}党团联合工作室", COMMITTEE_ID, day, None)
        )
        scopes.append((id_, "cluster_id", cluster, day, None))
        joined = [site.id for site in SITES if site.cluster == cluster][: 2 + number % 3]
        scopes += [(id_, "building_id", building, day, None) for building in joined]
    return organisations, scopes


def leagues(rng: np.random.Generator, place: Places, terms: tuple[TermDates, ...]) -> Rows:
    """A League branch in every fifth building; it covers no floor."""
    organisations: list[Organisation] = []
    scopes: list[Scope] = []
    for building, name in place.buildings[["id", "name"]].iloc[::5].itertuples(index=False):
        day = terms[0].starts + timedelta(days=int(rng.uniform(-300, 60)))
        organisations.append(
            (f"yl-{building}", "团支部", f"{name}社区团支部", COMMITTEE_ID, day, None)
        )
        scopes.append((f"yl-{building}", "building_id", building, day, None))
    return organisations, scopes


def studio_colleges(organisations: pd.DataFrame) -> pd.DataFrame:
    """Three to five colleges each; where one was split, its parts take its seat that day."""
    studios = organisations[organisations["kind"] == "党团联合工作室"]
    rows: list[tuple[str, str, date, date | None]] = []
    for number, (id_, founded) in enumerate(zip(studios["id"], studios["founded"], strict=True)):
        picked = [COLLEGES[(number * 4 + k * 5) % len(COLLEGES)].id for k in range(3 + number % 3)]
        for college in dict.fromkeys(picked):
            if college in (ELECTRIC, ENERGY) and founded < SPLIT:
                rows.append((id_, BEFORE_SPLIT, founded, SPLIT - timedelta(days=1)))
                rows.append((id_, college, SPLIT, None))
            else:
                rows.append((id_, college, founded, None))
    columns = ["organisation_id", "college_id", "starts", "ends"]
    return pd.DataFrame(rows, columns=columns).drop_duplicates(columns[:3])
