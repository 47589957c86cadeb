"""What an import takes: 100,000 visits as colleges write them, from file to commit."""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt
from sqlalchemy import select

from data.engine import reading
from data.models.people import Counselor
from data.models.place import Building
from data.models.time import Term
from tests.benchmarks.child import data_command

ROWS = 100_000
SHEET = 60_000  # an .xls holds 65,536 rows a sheet
HEADINGS = ("工号", "走访日期", "走访时间", "场域", "楼宇名称", "走访主题")
TOPICS = ("安全检查", "学业帮扶", "就业指导", "心理关怀", "寝室文化", "考风考纪", "假期安排")


def measure(url: str, rows: int = ROWS) -> dict[str, Any]:
    """Seconds, rows per second and peak memory for each kind of file; each is undone again."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        lines = list(islice(_lines(url), rows))
        for kind, write in (("xlsx", _xlsx), ("xls", _xls), ("csv", _csv)):
            path = Path(folder) / f"走访.{kind}"
            write(path, lines)
            run = data_command(url, "import", str(path), "--no-refresh")
            data_command(url, "import", "--undo", "--no-refresh")
            found[kind] = {"seconds": run.seconds, "rate": rows / run.seconds, "peak": run.peak}
    return found


def _lines(url: str) -> Iterator[tuple[str, ...]]:
    """Visits without end, no two alike, on the days of the newest term."""
    with reading(url) as conn:
        counselors = conn.scalars(select(Counselor.id).order_by(Counselor.id)).all()
        buildings = conn.scalars(select(Building.name).where(Building.residential)).all()
        first: date = conn.scalars(select(Term.starts).order_by(Term.starts.desc())).first()
    who = zip(cycle(buildings), cycle(counselors), strict=False)
    for number, (building, counselor) in enumerate(who):
        day = first + timedelta(days=number % 70)
        minute = number // 70 % 600
        starts, ends = (f"{(480 + m) // 60:02}:{(480 + m) % 60:02}" for m in (minute, minute + 45))
        topic = TOPICS[number // 42_000 % len(TOPICS)]
        yield counselor, f"{day:%Y.%m.%d}", f"{starts}-{ends}", "公寓", building, topic


def _xlsx(path: Path, lines: Sequence[tuple[str, ...]]) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("走访台账")
        for y, line in enumerate((HEADINGS, *lines)):
            sheet.write_row(y, 0, line)


def _xls(path: Path, lines: Sequence[tuple[str, ...]]) -> None:
    book = xlwt.Workbook()
    for number in range(0, len(lines), SHEET):
        sheet = book.add_sheet(f"走访台账{number // SHEET + 1}")
        for y, line in enumerate((HEADINGS, *lines[number : number + SHEET])):
            for x, value in enumerate(line):
                sheet.write(y, x, value)
    book.save(str(path))


def _csv(path: Path, lines: Sequence[tuple[str, ...]]) -> None:
    text = "\n".join(",".join(line) for line in (HEADINGS, *lines))
    path.write_text(text, "gb18030")
