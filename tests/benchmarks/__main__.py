"""Measure every block of the dashboard and say what was found: `python -m tests.benchmarks`."""

import argparse
import logging
import os
import sys
import time
from contextlib import ExitStack
from datetime import datetime
from typing import Any

import orjson

from tests.benchmarks import campus, ledger, refresh, report

TENTH = 10


def main() -> None:
    """Build or find the campus, measure, print the tables and keep them beside the campus."""
    args = _arguments()
    campus.FOLDER.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        if args.database:
            large, small = campus.Campus(args.database, {}), None
        else:
            large, small = (
                stack.enter_context(campus.campus(n, args.terms, postgresql=args.postgresql))
                for n in (args.students, args.students // TENTH)
            )
        found = _measure(large, small, quick=args.quick)
    sys.stdout.write(report.text(found))
    kept = campus.FOLDER / f"{datetime.now():%Y%m%d-%H%M%S}.json"  # noqa: DTZ005 - a file name
    kept.write_bytes(orjson.dumps(found, option=orjson.OPT_INDENT_2))
    sys.stdout.write(f"\n全部数字：{kept.relative_to(campus.ROOT)}\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    add = parser.add_argument
    add("--students", type=int, help="学生数，默认 40000")
    add("--terms", type=int, help="学期数，默认 8")
    add("--database", help="测量这个已有的演示校园，不另外生成")
    add("--postgresql", action="store_true", help="在临时的 PostgreSQL 上测量")
    add("--quick", action="store_true", help="小校园、少重复：只看能不能跑通")
    args = parser.parse_args()
    usual = (4000, 2) if args.quick else (40_000, 8)
    args.students, args.terms = args.students or usual[0], args.terms or usual[1]
    return args


def _measure(large: campus.Campus, small: campus.Campus | None, *, quick: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"campus": {"全": large.built}}
    _say("刷新")
    found["refresh"] = refresh.measure(large.url)
    _say("导入台账")
    found["ledger"] = ledger.measure(large.url, 5000 if quick else ledger.ROWS)
    if small:
        found["campus"]["十分之一"] = small.built
        refresh.measure(small.url)
    os.environ["DASHBOARD_DATABASE_URL"] = large.url  # read once, when `app` is imported
    from app import BLOCKS
    from tests.benchmarks import browser, queries, round_trips
    from tests.benchmarks.server import served

    logging.getLogger("dashboard").setLevel(logging.CRITICAL)
    # a demo campus has nothing sealed that could be opened again
    blocks = tuple(block for block in BLOCKS.values() if block.needs != "seal")
    _say("查询与绘制")
    found["queries"] = queries.measure(large.url, blocks, 2 if quick else 8)
    if small:
        _say("与十分之一的校园比较")
        found["scaling"] = queries.scaling(large.url, small.url, blocks, 5 if quick else 40)
    with served(large.url) as port:
        _say("HTTP 往返")
        found["round_trips"] = round_trips.measure(large.url, port, blocks, 10 if quick else 60)
        _say("浏览器")
        found["browser"] = browser.measure(large.url, port, 4 if quick else 15)
    return found


_begun = time.monotonic()


def _say(what: str) -> None:
    sys.stderr.write(f"[{time.monotonic() - _begun:6.1f} s] {what}\n")


if __name__ == "__main__":
    main()
