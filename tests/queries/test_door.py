"""The one door: what a question does not follow reaches neither its query nor its files."""

from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection

from data.access.viewer import COLLEGE, COMMITTEE, Viewer
from data.errors import NotAllowed
from queries.door import Cache, Question, ask
from queries.filters import Filters

DEAN, OF_X = Viewer("dean", COMMITTEE), Viewer("x", COLLEGE, college="X")
CHOSEN = Filters(campus="N", counselor="k1", degree="本科生")


def told(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:  # noqa: ARG001
    """One row: by whom and by what the query was told to narrow."""
    return pd.DataFrame([(filters.campus, filters.counselor, filters.degree)])


def answered(url: str, cache: Cache, *follows: str, **more: Any) -> tuple[list[str], Filters]:
    """What reached the query, and the slice the answer says it is of."""
    found = ask(url, cache, Question(told, None, follows), CHOSEN, more.get("viewer", OF_X))
    return list(found.frame.iloc[0]), found.filters


def test_a_question_is_asked_of_what_it_follows(world_database: str) -> None:
    cache = Cache(10**6)
    for _ in range(2):  # the second time it is kept
        assert answered(world_database, cache, "counselor", "degree")[0] == ["N", "k1", "本科生"]
        assert answered(world_database, cache, "degree", "metric")[0] == ["N", "", "本科生"]
        heard, filters = answered(world_database, cache)
        assert heard == ["N", "", ""]
        assert (filters.counselor, filters.degree, filters.search) == ("", "", "?campus=N")


def test_what_may_not_be_asked_is_refused_even_where_it_is_not_followed(
    world_database: str,
) -> None:
    for follows in ((), ("counselor", "degree")):
        with pytest.raises(NotAllowed, match="可以按辅导员查看"):
            answered(world_database, Cache(10**6), *follows, viewer=DEAN)
