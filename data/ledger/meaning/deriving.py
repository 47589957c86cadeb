"""Values a ledger leaves out because they follow from others; each is said in a note."""

import re
from collections.abc import Callable
from datetime import date, datetime, time

from data.contract.family import Family, family
from data.ledger.meaning.drafts import Draft, SheetDraft
from data.ledger.meaning.headings import Role
from data.ledger.meaning.moments import MonthDay
from data.ledger.meaning.names import Known
from data.ledger.meaning.recognising import DERIVED, required
from data.ledger.meaning.unfit import Unfit
from data.ledger.meaning.wording import compact
from data.ledger.tables import surrogate, target
from data.models.contract import ledger

_SEASON = re.compile(r"(\d{4})年?(春|秋)(?:季|学期)")
_TERM = re.compile(r"(\d{4})[-—–~至/](\d{4})学?年?度?-?第?([一二12])(?:学期)?")


def file_term(known: Known, texts: tuple[str, ...], wanted: str | None) -> str | None:
    """The term a title names, else the one the caller named."""
    for text in map(compact, texts):
        for row in known.rows("term"):
            if compact(str(row.get("name") or row["id"])) in text or str(row["id"]) in text:
                return str(row["id"])
        if (found := _TERM.search(text)) and (
            named := _by_year(known, f"{found[1]}-{found[2]}", found[3] in "一1")
        ):
            return named
        if (found := _SEASON.search(text)) and (
            named := _by_season(known, int(found[1]), found[2])
        ):
            return named
    return wanted


def _by_season(known: Known, year: int, season: str) -> str | None:
    """2026年秋季学期 is the term that begins in the second half of 2026."""
    return next(
        (
            str(row["id"])
            for row in known.rows("term")
            if isinstance(row.get("starts"), date)
            and (row["starts"].year, row["starts"].month > 6) == (year, season == "秋")
        ),
        None,
    )


def _by_year(known: Known, year: str, first: bool) -> str | None:
    terms = sorted(
        (row["starts"], str(row["id"]))
        for row in known.rows("term")
        if row.get("academic_year") == year and isinstance(row.get("starts"), date)
    )
    return (terms[0] if first else terms[-1])[1] if len(terms) > 1 or (terms and first) else None


def derive(sheet: SheetDraft) -> None:
    """Fill what follows, then ask for whatever a row still lacks."""
    _terms(sheet)
    _days(sheet)
    _starts_of_enrolment(sheet)
    _venues(sheet)
    _places(sheet)
    _lacking(sheet)


def _terms(sheet: SheetDraft) -> None:
    columns = sheet.table.columns
    if "term_id" not in columns or sheet.table.name == "term":
        return
    term_of: Callable[[Draft], str | None] = (
        (lambda d: _term_of_visit(sheet, d)) if "visit_id" in columns else (lambda _: sheet.term)
    )
    if "visit_id" in columns:
        ids = {str(d.values.get("visit_id")) for d in sheet.drafts if not d.bad}
        sheet.asking.known.ask("visit", ids)
    stands = sheet.bound("term_id", Role.VALUE, Role.NAME)
    if stands is None and sheet.term is None and "visit_id" not in columns:
        heading = ledger(columns["term_id"]).heading
        sheet.missing(heading, f"补上“{heading}”一列，或在标题、导入选项中写明学期")
        return
    for draft in sheet.drafts:
        if draft.values.get("term_id") is not None or draft.bad:
            continue
        found = term_of(draft)
        if found is None or not sheet.asking.known.has("term", found):
            sheet.fault(
                draft,
                stands,
                Unfit("看不出是哪个学期", "补上“学期编号”一列，或在标题、导入选项中写明学期"),
            )
        else:
            draft.values["term_id"] = found
            sheet.count(f"没有写学期，按{_term_name(sheet, found)}导入", draft.line.number)


def _term_of_visit(sheet: SheetDraft, draft: Draft) -> str | None:
    day = sheet.asking.known.row("visit", draft.values.get("visit_id")).get("day")
    if not isinstance(day, date):
        return sheet.term
    inside = (r["id"] for r in sheet.asking.known.rows("term") if r["starts"] <= day <= r["ends"])
    return next(inside, sheet.term)


def _term_name(sheet: SheetDraft, term: str) -> str:
    return str(sheet.asking.known.row("term", term).get("name") or term)


def _days(sheet: SheetDraft) -> None:
    """`9.3` takes its year from the term."""
    dated = [
        column
        for column in sheet.table.columns
        if family(column.type) in (Family.DATE, Family.DATETIME)
    ]
    for draft in sheet.drafts:
        values = draft.values
        for column in dated:
            found = values.get(column.name)
            if not isinstance(found, MonthDay):
                continue
            day = _in_term(sheet, found, str(values.get("term_id") or sheet.term or ""))
            if isinstance(day, Unfit):
                bound = sheet.bound(column.name, Role.VALUE) or sheet.bound("starts", Role.SPAN)
                sheet.fault(draft, bound, day)
                del values[column.name]
                continue
            if found.number:
                said = (
                    "日期是数字而不是文本，个位的日按原样读取；若原为 9.10、9.20、9.30 请改为文本"
                )
                sheet.count(said, draft.line.number)
            moment = family(column.type) is Family.DATETIME
            values[column.name] = datetime.combine(day, time(0)) if moment else day


def _in_term(sheet: SheetDraft, found: MonthDay, term: str) -> date | Unfit:
    row = sheet.asking.known.row("term", term)
    starts, ends = row.get("starts"), row.get("ends")
    if not isinstance(starts, date) or not isinstance(ends, date):
        return Unfit("没有写年份", "写成 2025-09-03 这样的日期，或在标题、导入选项中写明学期")
    for year in range(starts.year, ends.year + 1):
        try:
            day = date(year, found.month, found.day)
        except ValueError:
            continue
        if (starts.year, starts.month) <= (day.year, day.month) <= (ends.year, ends.month):
            return day
    name = _term_name(sheet, term)
    return Unfit(f"不在{name}之内({starts} 至 {ends})", "改正日期，或写出年份")


def _starts_of_enrolment(sheet: SheetDraft) -> None:
    if sheet.table.name != "enrolment":
        return
    for draft in sheet.drafts:
        first = sheet.asking.known.row("term", draft.values.get("term_id")).get("starts")
        if draft.values.get("starts") is None and first and not draft.bad:
            draft.values["starts"] = first
            sheet.count("没有写起始日期，记为学期第一天", draft.line.number)


def _venues(sheet: SheetDraft) -> None:
    if sheet.table.name != "visit":
        return
    rooms = sheet.bound("room_id", Role.PART)
    for draft in sheet.drafts:
        if draft.values.get("venue") is not None or draft.bad:
            continue
        if draft.values.get("building_id") or (rooms and draft.cell(rooms.index) is not None):
            draft.values["venue"] = "公寓"
            sheet.count("没有写场域，写了楼宇或房间的记为公寓", draft.line.number)
        else:
            bound = sheet.bound("venue", Role.VALUE)
            sheet.fault(draft, bound, Unfit("看不出场域", "填写公寓、课堂或实验室"))


def _places(sheet: SheetDraft) -> None:
    """A sheet about one building, or rooms of a building named beside them."""
    column = sheet.table.columns.get("building_id")
    if column is None or column.nullable or sheet.bound("building_id", Role.VALUE, Role.NAME):
        return
    for draft in sheet.drafts:
        if draft.place.building:
            draft.values["building_id"] = draft.place.building
            name = sheet.asking.known.row("building", draft.place.building).get("name")
            sheet.count(f"没有写楼宇，按标题记为{name}", draft.line.number)


def _lacking(sheet: SheetDraft) -> None:
    """A required column that stands nowhere is one problem, not one for each row."""
    bound = {b.meaning.column for b in sheet.layout.bound if not b.meaning.part}
    optional = {surrogate(sheet.table), "term_id"} | {
        c for t, c in DERIVED if t == sheet.table.name
    }
    for column in required(sheet.table):
        if column.name in bound or column.name in optional:
            continue
        if sheet.drafts and all(column.name in d.values or d.bad for d in sheet.drafts):
            continue
        heading = ledger(column).heading
        names = "，或写名称" if target(column) else ""
        sheet.missing(heading, f"补上“{heading}”一列{names}")
