"""The quality mark: beside a number, how many rows behind it are known to be wrong, and where."""

from dataclasses import replace

from dash import html

from components.icons import icon
from components.panels.links import address
from data.locale.translate import t
from queries.filters import Filters
from queries.marks import Mark

NAMED = 3  # findings named in full; the rest are counted


def quality_mark(mark: Mark, filters: Filters) -> html.A | html.Span | None:
    """Icon and number, leading to the list of the largest finding where the reader has one."""
    if not mark.findings:
        return None
    said = mark_text(mark)
    shown = [icon("clipboard-pulse"), f"{mark.faults:,}"]
    if not mark.listed:
        return html.Span(shown, className="mark", title=said, role="note", **{"aria-label": said})
    search = replace(address(filters), check=mark.findings[0].key).search
    return html.A(
        shown, href=f"/ledger{search}", className="mark", title=said, **{"aria-label": said}
    )


def mark_text(mark: Mark) -> str:
    """The findings that touch a number, in a sentence; "" where none does."""
    if not mark.findings:
        return ""
    named = [
        t("{title} {faults} 处", title=t(found.title), faults=f"{found.faults:,}")
        for found in mark.findings[:NAMED]
    ]
    more = mark.kinds - len(named)
    rest = t("；另有 {count} 类", count=more) if more > 0 else ""
    return t(
        "全校数据质量提示 {kinds} 类 {faults} 处：{named}{rest}",
        kinds=mark.kinds,
        faults=f"{mark.faults:,}",
        named=t("；").join(named),
        rest=rest,
    )
