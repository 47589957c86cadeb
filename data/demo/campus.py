"""The demo campus as a whole: builds every contract table and replaces an older demo with it."""

from collections.abc import Callable, Iterator

import pandas as pd

from data.demo.accounts import seat_demo_accounts
from data.demo.loading import refuse_real_campus, replace_demo
from data.demo.world import world
from data.engine import reading
from data.errors import DashboardError
from data.migrations.upgrading import create_tables
from data.models.tables import contract_tables

FEWEST_STUDENTS, MOST_STUDENTS = 300, 900_000

Progress = Callable[[str], None]


def build(
    url: str, *, students: int = 20_000, terms: int = 3, seed: int = 7, progress: Progress
) -> None:
    """Fill a database with an invented campus; equal arguments give equal rows.

    An older demo is replaced together with its summaries; accounts stay. Run a refresh next.
    """
    if not FEWEST_STUDENTS <= students <= MOST_STUDENTS:
        raise DashboardError(
            f"演示校园的学生数应在 {FEWEST_STUDENTS} 到 {MOST_STUDENTS} 之间，现在是 {students}"
        )
    drawn = world(seed, students, terms)
    create_tables(url)
    with reading(url) as conn:
        refuse_real_campus(conn)
    rows = replace_demo(
        url,
        _reported(drawn.frames(), progress),
        lambda conn: seat_demo_accounts(conn, seed, drawn.now()),
    )
    progress(f"演示校园已写好：{rows:,} 行；请接着运行 python -m data refresh")


def _reported(
    frames: Iterator[tuple[str, pd.DataFrame]], progress: Progress
) -> Iterator[tuple[str, pd.DataFrame]]:
    titles = {table.name: model.title for model, table in contract_tables()}
    for name, frame in frames:
        progress(f"{titles[name]} {len(frame):,} 行")
        yield name, frame
