"""Some of the rows an import adds, changes or removes, each value before and after."""

from collections.abc import Iterator, Mapping
from typing import Any

from dash import html

from components.panels.scrolling import rows_table, scrolling
from data.locale.translate import t

Values = Mapping[str, str | None]


def ledger_examples(table: Mapping[str, Any]) -> Any:
    """The first rows of each kind of change, as the plan holds them; closed where they are many."""
    kinds = (("changed", t("修改")), ("removed", t("删除")), ("added", t("新增")))
    examples = table["examples"]
    rows = [_row(kind, name, one) for kind, name in kinds for one in examples[kind]]
    if not rows:
        return None
    heads = (t("变动"), t("哪一行"), t("内容"))
    return html.Details(
        [
            html.Summary(t("看这些行（每种变动最多列 50 行）")),
            scrolling(rows_table(heads, rows), table["title"], tall=True),
        ],
        open=len(rows) <= 12,
    )


def _row(kind: str, name: str, example: Mapping[str, Any]) -> html.Tr:
    key = "、".join(f"{heading} {value}" for heading, value in example["key"].items())
    return html.Tr(
        [
            html.Td(html.Span(name, className=f"tag {kind}")),
            html.Td(key),
            html.Td(list(_values(example["before"] or {}, example["after"] or {}))),
        ]
    )


def _values(before: Values, after: Values) -> Iterator[Any]:
    """`heading：was → is`, with what is empty on one side left out."""
    for heading in {**before, **after}:
        old, new = before.get(heading), after.get(heading)
        if old is None and new is None:
            continue
        shown: list[Any] = [] if old is None else [html.Del(old)]
        shown += [" → "] if before and after else []
        shown += [html.Ins(new)] if new is not None else [html.Ins("—")] if after else []
        yield html.Span([f"{heading}：", *shown], className="ledger-value")
