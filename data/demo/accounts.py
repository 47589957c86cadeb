"""Six accounts to look at the demo campus with, one for each role."""

from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, delete, insert

from data.access.viewer import COLLEGE, COMMITTEE, COUNSELOR, EVALUATOR, ROLES, WORK_GROUP
from data.demo.draws import draws
from data.demo.people import STUDENTS_PER_COUNSELOR
from data.demo.terms import TODAY
from data.models.dashboard import Account, Installation

MAY_EXPORT = frozenset({COMMITTEE, COLLEGE, WORK_GROUP, EVALUATOR})
WORK_GROUP_BUILDINGS = "song1,song2"


def seat_demo_accounts(conn: Connection, seed: int, now: pd.DataFrame) -> None:
    """Mark the database as a demo and (re)make its six accounts; others stay as they are.

    `now` is the enrolment of the running term: it shows the largest college and a usual counselor.
    """
    rng = draws(seed, "accounts")
    lists = now.groupby("counselor_id")["s"].nunique()
    usual = (lists - STUDENTS_PER_COUNSELOR).abs().idxmin()
    scope: dict[str, dict[str, str]] = {
        COLLEGE: {"college_id": now.groupby("college_id")["s"].nunique().idxmax()},
        WORK_GROUP: {"building_ids": WORK_GROUP_BUILDINGS},
        COUNSELOR: {"counselor_id": usual},
    }
    rows = [
        {
            "name": f"demo-{role}",
            "display_name": f"演示·{title}",
            "role": role,
            "college_id": None,
            "building_ids": "",
            "counselor_id": None,
            "may_export": role in MAY_EXPORT,
            "password_hash": None,
            "session_stamp": rng.bytes(16).hex(),
            "active": True,
            "created": datetime(TODAY.year, TODAY.month, TODAY.day, 8),  # noqa: DTZ001
            **scope.get(role, {}),
        }
        for role, title in ROLES.items()
    ]
    conn.execute(delete(Account).where(Account.name.in_([row["name"] for row in rows])))
    conn.execute(insert(Account), rows)
    conn.execute(delete(Installation).where(Installation.key == "demo"))
    conn.execute(insert(Installation).values(key="demo", value="1"))
