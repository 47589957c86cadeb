"""The world of tests/world.py with activities and a few students whose numbers look like numbers.

11 读书会 2026-11-18 19:00-20:30      12 夜跑 2026-11-18 22:00-01:00
13 读书会 2026-11-11                  14 篮球赛 2026-11-14, no times
15 夏令营 2026-08-01, in no term

2026001 张三 · 2026002 李四 · 2026003 王五 · 00123 王芳    enrolled in the autumn
2026009 赵六                                              in the spring only
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from data.engine import reading, writing
from data.ledger.files.reading import read
from data.ledger.meaning.parsing import Parsed, parse
from data.ledger.signing.sheets import Wanted
from data.models.activity import Activity
from data.models.people import Enrolment, Student
from tests import world
from tests.data.ledger.spreadsheets import xlsx

READING, RUN, EARLIER, BASKETBALL, SUMMER = 11, 12, 13, 14, 15
NAMES = {"2026001": "张三", "2026002": "李四", "2026003": "王五", "00123": "王芳"}
GONE = "2026009"
Rows = Sequence[Any]


def add(url: str) -> str:
    """Bring them into a copy of the world; its URL again."""
    with writing(url) as conn:
        world.rows(
            conn,
            Activity,
            "id name day starts ends",
            (READING, "读书会", date(2026, 11, 18), time(19, 0), time(20, 30)),
            (RUN, "夜跑", date(2026, 11, 18), time(22, 0), time(1, 0)),
            (EARLIER, "读书会", date(2026, 11, 11), time(19, 0), time(20, 30)),
            (BASKETBALL, "篮球赛", date(2026, 11, 14), None, None),
            (SUMMER, "夏令营", date(2026, 8, 1), None, None),
        )
        world.rows(conn, Student, "id name", *NAMES.items(), (GONE, "赵六"))
        terms = [(n, world.AUTUMN, world.AUTUMN_STARTS) for n in NAMES]
        terms.append((GONE, world.SPRING, world.SPRING_STARTS))
        columns = "student_id term_id starts college_id grade degree_level political_status"
        rest = ("X", 2026, "本科生", "群众")
        world.rows(conn, Enrolment, columns, *((*one, *rest) for one in terms))
    return url


def understood(
    url: str, rows: Rows | Mapping[str, Rows], *, activity: int | None = None, **options: Any
) -> Parsed:
    """What an .xlsx of these rows says; `name` is that of the file."""
    sheets = rows if isinstance(rows, Mapping) else {"Sheet1": rows}
    name = options.pop("name", "名单.xlsx")
    wanted = Wanted(activity, options.pop("replace", False))
    with reading(url) as conn:
        return parse(conn, read(name, xlsx(sheets)), wanted=wanted, **options)


def signed(found: Parsed) -> dict[tuple[int, str], datetime | None]:
    """Who came to what and when; of a file without problems."""
    assert [problem.text for problem in found.problems] == []
    rows = [row for one in found.ledgers for row in one.rows]
    return {(row["activity_id"], row["student_id"]): row.get("signed") for row in rows}


def counts(found: Parsed) -> dict[str, Any]:
    """The counts of the one list of a file, without the zeros."""
    (tally,) = found.tallies
    told = tally.to_dict()
    parts = ("matched", "repeated", "absent", "elsewhere", "faulty", "unmatched")
    assert told["rows"] == sum(told[name] for name in parts)
    return {name: told[name] for name in (*parts, "reasons") if told[name]}


def at(text: str) -> datetime:
    """A moment of November 2026: `18 19:05`."""
    return datetime.fromisoformat(f"2026-11-{text}")
