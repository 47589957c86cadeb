"""Sign-in lists to rows of attendance: each person once, nothing dropped without being counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from data.ledger.meaning.drafts import Asking
from data.ledger.meaning.grid import body
from data.ledger.meaning.unfit import Unfit
from data.ledger.meaning.wording import compact, is_empty, shown
from data.ledger.problem import Problem
from data.ledger.sheet import Sheet
from data.ledger.signing.activities import Activities, settle
from data.ledger.signing.columns import Columns, Use
from data.ledger.signing.counting import REASONS, Held, Tally
from data.ledger.signing.people import match
from data.ledger.signing.rows import Gathered, Owned, fill
from data.ledger.signing.sheets import ListSheet, Row, Wanted
from data.ledger.signing.states import ABSENT, PRESENT
from data.ledger.signing.times import of_the_activity, signed_at

UNMATCHED = "未匹配的行"  # what the question about rows left over is asked under
LEAVE = "leave"
CAME, AWAY = "came", "away"
WORDS = frozenset((LEAVE, CAME, AWAY))  # answers that are no ids
CHOICES = {CAME: "算到场", AWAY: "不算到场"}
ELSEWHERE = {CAME: "是这场活动的签到，照写", AWAY: "不是这场活动的签到，不写入"}
EMPTY = "空"


def gather(
    conn: Connection,
    asking: Asking,
    book: str,
    lists: Sequence[tuple[Sheet, Columns]],
    wanted: Wanted,
) -> Gathered:
    """Read the lists of a file. Rows whose number is nobody's are problems until the steward
    says that exactly so many may be left out."""
    activities = Activities(conn)
    chosen = activities.chosen(wanted.activity)
    sheets = [_sheet(asking, *one) for one in lists]
    for sheet in sheets:
        settle(sheet, activities, chosen, book)
        _states(sheet)
    every = [(sheet, row) for sheet in sheets for row in sheet.rows]
    candidates = [(sheet, row) for sheet, row in every if row.activity and not row.fate]
    left = [problem for problem, _ in match(conn, asking.known, candidates)]
    for sheet, row in candidates:
        if not row.fate:
            _time(sheet, row)
    _once(candidates)
    found = Gathered(tallies=_tallies(every))
    _leave_out(sheets[0], found, left)
    fill(conn, found, [owned for owned in candidates if not owned[1].fate], wanted)
    return found


def _sheet(asking: Asking, sheet: Sheet, columns: Columns) -> ListSheet:
    found = body(sheet, columns.header)
    made = ListSheet(asking, sheet.name, columns, [Row(line) for line in found.lines])
    for note in found.notes():
        made.note(note)
    if columns.ignored:
        made.note(f"用不到的列没有导入：{'、'.join(columns.ignored)}")
    if Use.NAME in columns.at:
        made.note("姓名只用来核对学号，不保存")
    if not {Use.TIME, Use.DAY} & columns.at.keys():
        made.note("没有签到时间一列，签到时间留空")
    return made


def _states(sheet: ListSheet) -> None:
    """Rows that say themselves that somebody did not come; words nobody knows are asked about."""
    for row in sheet.rows:
        if row.activity is None or row.fate:
            continue
        state = compact(shown(sheet.cell(row, Use.STATE))).casefold()
        if state in ABSENT:
            row.fate = "absent"
        elif state and state not in PRESENT:
            _asked(sheet, row, Use.STATE, shown(sheet.cell(row, Use.STATE)), "看不出是否到场")
        elif not state and Use.STATE in sheet.columns.at:
            _asked(sheet, row, Use.STATE, EMPTY, "没有写是否到场")
        elif not state and Use.TIME in sheet.columns.at and is_empty(sheet.cell(row, Use.TIME)):
            _asked(sheet, row, Use.TIME, EMPTY, "没有签到时间，看不出是否到场")


def _asked(sheet: ListSheet, row: Row, use: Use, value: str, reason: str) -> None:
    if sheet.ask(row, use, value, reason, CHOICES) == AWAY:
        row.fate = "absent"


def _time(sheet: ListSheet, row: Row) -> None:
    activity = row.activity
    cell, day = sheet.cell(row, Use.TIME), sheet.cell(row, Use.DAY)
    if activity is None or (is_empty(cell) and is_empty(day)):
        return
    use = Use.TIME if not is_empty(cell) else Use.DAY
    try:
        told, at = signed_at(cell, day, activity)
    except Unfit as unfit:
        sheet.fault(row, use, unfit)
        return
    if not of_the_activity(told, at, activity) and not _confirmed(sheet, row, use, told, activity):
        return
    row.signed = datetime.combine(told, at) if at else None


def _confirmed(sheet: ListSheet, row: Row, use: Use, told: Any, activity: Held) -> bool:
    """Whether a sign-in of another day counts, as the steward says of that day."""
    value = f"{told}，活动 {activity.id} 的日期是 {activity.day}"
    answer = sheet.ask(row, use, value, "不是活动当天的签到", ELSEWHERE)
    if answer == AWAY:
        row.fate = "elsewhere"
    return answer == CAME


def _once(rows: Sequence[Owned]) -> None:
    """Of several sign-ins of one person the first, wherever it stands; no time is the latest."""
    first: dict[tuple[int, str], Row] = {}
    for _, row in rows:
        if row.fate or row.activity is None:
            continue
        key = (row.activity.id, row.student)
        earlier = first.setdefault(key, row)
        if earlier is not row:
            later, kept = (earlier, row) if _before(row, earlier) else (row, earlier)
            later.fate, first[key] = "repeated", kept


def _before(one: Row, other: Row) -> bool:
    return one.signed is not None and (other.signed is None or one.signed < other.signed)


def _tallies(rows: Sequence[Owned]) -> tuple[Tally, ...]:
    found: dict[int, Tally] = {}
    for _, row in rows:
        if row.activity is None:
            continue
        tally = found.setdefault(row.activity.id, Tally(row.activity))
        tally.rows += 1
        if row.fate in REASONS:
            tally.reasons[row.fate] += 1
        else:
            name = row.fate or "matched"
            setattr(tally, name, getattr(tally, name) + 1)
    return tuple(found[number] for number in sorted(found))


def _leave_out(sheet: ListSheet, found: Gathered, left: Sequence[Problem]) -> None:
    """Rows left over are problems, unless it was said that exactly so many may stay out."""
    if not left:
        return
    asking, value = sheet.asking, f"{len(left)} 行"
    if asking.answers.get(f"{UNMATCHED}:{value}") == LEAVE:
        sheet.note(f"{value}没有匹配到学生，按选定的不写入")
        found.left = tuple(left)
        return
    counts: Counter[str] = sum((tally.reasons for tally in found.tallies), Counter())
    reasons = "，".join(f"{reason} {counts[reason]} 行" for reason in REASONS if counts[reason])
    people = sum(tally.matched for tally in found.tallies)
    choice = (LEAVE, f"不写入这 {value}，其余 {people} 人照写")
    unfit = Unfit(
        f"没有匹配到学生：{reasons}",
        "能改正的改正后重新导入；教师、来宾等不用登记的，选定不写入" if people else "核对学号一列",
        (choice,) if people else (),
    )
    problem = sheet.problem(None, None, unfit, value)
    asking.problems.append(replace(problem, heading=UNMATCHED))
    asking.problems.extend(left)
