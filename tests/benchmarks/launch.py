"""`python app.py`, but its workers load the dashboard with the yardstick beside it.

Nothing of ours is imported here: workers are forked, and must not share a database connection.
"""

import runpy
from typing import Any

import granian

TARGET = "tests.benchmarks.nothing:server"
served = granian.Granian


def with_yardstick(_: str, **options: Any) -> Any:
    """The server as `app.main` sets it up, with another target."""
    return served(TARGET, **options)


if __name__ == "__main__":
    granian.Granian = with_yardstick  # type: ignore[assignment, misc]
    runpy.run_path("app.py", run_name="__main__")
