"""Which activity a sign-in list is of: chosen, named in a column, or asked about."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, select

from data.errors import DashboardError
from data.ledger.meaning.unfit import Unfit
from data.ledger.meaning.values import code_text
from data.ledger.meaning.wording import compact, is_empty, shown
from data.ledger.signing.columns import Use
from data.ledger.signing.counting import Held
from data.ledger.signing.sheets import ListSheet, Row
from data.ledger.signing.times import days_told
from data.models.activity import Activity

ASKED = "活动"  # what a question about the activity of a sheet is asked under
MOST = 20
NO_SUCH = Unfit("没有这个编号的活动", "核对活动编号，或先导入社区活动台账")


class Activities:
    """The activities there are."""

    def __init__(self, conn: Connection) -> None:
        columns = (Activity.id, Activity.name, Activity.day, Activity.starts, Activity.ends)
        self.by_id = {row.id: Held(*row) for row in conn.execute(select(*columns))}
        self.latest = max((one.day for one in self.by_id.values()), default=date.min)

    def chosen(self, number: int | None) -> Held | None:
        """The one that was chosen; an error where there is none of that number."""
        if number is not None and number not in self.by_id:
            raise DashboardError(f"没有编号为 {number} 的活动：请核对，或先导入社区活动台账")
        return None if number is None else self.by_id[number]

    def named(self, text: str) -> list[Held]:
        """Those of exactly this name."""
        form = compact(text).casefold()
        return [one for one in self.by_id.values() if compact(one.name).casefold() == form]

    def likely(self, said: str, rows: Iterable[tuple[ListSheet, Row]]) -> tuple[Held, ...]:
        """Those whose name is in a text, then those of the day most sign-ins tell."""
        form, day = compact(said).casefold(), self.commonest_day(rows)
        within = [o for o in self.by_id.values() if len(o.name) > 1 and _in(o.name, form)]
        within.sort(key=lambda one: abs(one.day - (day or self.latest)))
        held = [one for one in self.by_id.values() if one.day == day and one not in within]
        return (*within, *held)[:MOST]

    def commonest_day(self, rows: Iterable[tuple[ListSheet, Row]]) -> date | None:
        """The day most sign-ins tell, or None."""
        told = Counter(
            day
            for sheet, row in rows
            for use in (Use.DAY, Use.TIME)
            for day in set(days_told(sheet.cell(row, use), self.latest))
        )
        return max(told, key=lambda day: (told[day], day), default=None)


def _in(name: str, said: str) -> bool:
    return compact(name).casefold() in said


def choices(found: Iterable[Held]) -> tuple[tuple[str, str], ...]:
    """What may be chosen."""
    return tuple((str(one.id), one.label) for one in found)


def settle(sheet: ListSheet, activities: Activities, chosen: Held | None, book: str) -> None:
    """Give every row its activity; rows of one that cannot be told have a problem, or the sheet."""
    if {Use.ACTIVITY, Use.ACTIVITY_NAME} & sheet.columns.at.keys():
        _by_column(sheet, activities, chosen)
    else:
        found = chosen or _of_sheet(sheet, activities, book)
        for row in sheet.rows:
            row.activity = found
            row.fate = row.fate if found else "faulty"
    of = {row.activity for row in sheet.rows if row.activity}
    for one in sorted(of, key=lambda held: held.id):
        sheet.note(f"读作签到名单：{one.label}")


def _of_sheet(sheet: ListSheet, activities: Activities, book: str) -> Held | None:
    """The activity of a sheet that says so at most in its titles: offered, never taken."""
    said = "\n".join((*sheet.columns.titles, sheet.name, book))
    answer = sheet.asking.answers.get(f"{ASKED}:{sheet.name}", "")
    if answer.isdecimal() and int(answer) in activities.by_id:
        return activities.by_id[int(answer)]
    found = activities.likely(said, ((sheet, row) for row in sheet.rows))
    remedy = "选定活动" if found else "在导入选项中选定活动，或补上“活动编号”一列"
    unfit = Unfit("看不出是哪一场活动的签到名单", remedy, choices(found))
    problem = sheet.problem(None, None, unfit, sheet.name)
    sheet.asking.problems.append(replace(problem, heading=ASKED))
    return None


def _by_column(sheet: ListSheet, activities: Activities, chosen: Held | None) -> None:
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in sheet.rows:
        key = tuple(_said(sheet, row, use) for use in (Use.ACTIVITY, Use.ACTIVITY_NAME))
        groups.setdefault((key[0], key[1]), []).append(row)
    for (number, name), rows in groups.items():
        found = _named(sheet, activities, chosen, (number, name), rows)
        for row in rows:
            if isinstance(found, Held):
                row.activity = found
            else:
                use = Use.ACTIVITY if number else Use.ACTIVITY_NAME
                sheet.fault(row, use if use in sheet.columns.at else Use.ACTIVITY, found)


def _said(sheet: ListSheet, row: Row, use: Use) -> str:
    cell = sheet.cell(row, use)
    if is_empty(cell):
        return ""
    try:
        return code_text(cell) if use is Use.ACTIVITY else shown(cell)
    except Unfit:
        return shown(cell)


def _named(
    sheet: ListSheet,
    activities: Activities,
    chosen: Held | None,
    said: tuple[str, str],
    rows: list[Row],
) -> Held | Unfit:
    number, name = said
    if number:
        found = activities.by_id.get(int(number)) if number.isdecimal() else None
        if found is None:
            return NO_SUCH
        if name and compact(name) != compact(found.name):
            return Unfit("活动名称与编号不是同一场", "核对后改正其中之一")
        return _agreed(found, chosen)
    if not name:
        return chosen or Unfit("没有写活动", "补上活动编号或名称，或在导入选项中选定活动")
    same = activities.named(name)
    if chosen:
        return _agreed(chosen if chosen in same or not same else same[0], chosen)
    return _only(sheet, activities, name, same, rows)


def _agreed(found: Held, chosen: Held | None) -> Held | Unfit:
    if chosen and found != chosen:
        return Unfit(f"不是选定的活动“{chosen.label}”", "改正这一行，或另行导入那一场的名单")
    return found


def _only(
    sheet: ListSheet, activities: Activities, name: str, same: list[Held], rows: list[Row]
) -> Held | Unfit:
    """The activity of a name: the only one, the only one on the day of the sign-ins, or asked."""
    if len(same) == 1:
        return same[0]
    answer = sheet.asking.answers.get(f"{sheet.heading(Use.ACTIVITY_NAME)}:{name}", "")
    if answer.isdecimal() and int(answer) in activities.by_id:
        return activities.by_id[int(answer)]
    mine = [(sheet, row) for row in rows]
    that_day = [one for one in same if one.day == activities.commonest_day(mine)]
    if len(that_day) == 1:
        sheet.note(f"同名的活动有 {len(same)} 场，按签到日期取 {that_day[0].label}")
        return that_day[0]
    offered = choices(same[:MOST] or activities.likely(name, mine))
    said = f"同名的活动有 {len(same)} 场" if same else f"没有叫“{name}”的活动"
    remedy = "选定是哪一场，或改填活动编号" if offered else "核对后改正，或先导入社区活动台账"
    return Unfit(said, remedy, offered)
