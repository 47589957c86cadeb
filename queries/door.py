"""The one door from the web to data: always a checked slice, always a viewer, asked once."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import pandas as pd
from cachetools import LRUCache
from sqlalchemy import Connection

from data.access.viewer import Viewer
from data.engine import reading
from queries.catalog import BY_KEY
from queries.choices import latest_version, resolve
from queries.filters import Filters
from queries.metric import Metric

Query = Callable[[Connection, Filters, Viewer], pd.DataFrame]
T = TypeVar("T")


@dataclass(frozen=True)
class Question:
    """A query, the metric it is about (None: the one chosen in the slice), the fields it follows
    of those that only some pages follow, and whether its answer is another for each person of one
    scope."""

    query: Query
    metric: Metric | None
    follows: tuple[str, ...] = ()
    personal: bool = False


@dataclass(frozen=True)
class Answer:
    """What a query says of a slice: its rows, the slice filled in, the metric, the version, and
    what came after it (`latest_version`)."""

    frame: pd.DataFrame
    filters: Filters
    metric: Metric
    version: int
    born: datetime
    since: tuple[int, ...]


class Cache:
    """What this process has answered, bounded by bytes, the least used dropped first.

    Keys carry the data version: a new one makes every old entry unreachable, so nothing is ever
    invalidated, and no process needs to tell another.
    """

    def __init__(self, size: int) -> None:
        self._kept: LRUCache[Any, tuple[Any, int]] = LRUCache(size, getsizeof=lambda kept: kept[1])
        self._lock = threading.Lock()

    def get(self, key: object) -> Any:
        """What is kept under a key, or None."""
        with self._lock:
            found = self._kept.get(key)
        return found[0] if found else None

    def keep(self, key: object, value: T, size: int) -> T:
        """Keep a value, unless it alone would fill a quarter of the cache; the value again."""
        with self._lock:
            if size < self._kept.maxsize // 4:
                self._kept[key] = (value, size)
        return value


def ask(url: str, cache: Cache, question: Question, asked: Filters, viewer: Viewer) -> Answer:
    """The answer to a question for this viewer. Its slice leaves out what is not followed.

    Raises DashboardError where the slice as asked cannot be, or lies outside the viewer's scope.
    """
    with reading(url) as conn:
        version, born, since = latest_version(conn)
        own = viewer.name if question.personal else ""
        key = (question, asked, viewer.scope, own, version, born, since)
        found: Answer | None = cache.get(key)
        if found is not None:
            return found
        filters = resolve(conn, asked, viewer).followed(question.follows)
        frame = question.query(conn, filters, viewer)
    metric = question.metric or BY_KEY[filters.metric]
    answer = Answer(frame, filters, metric, version, born, since)
    return cache.keep(key, answer, int(frame.memory_usage(deep=True).sum()) + 2000)
