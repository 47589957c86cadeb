"""The README's table of metrics: `python -m tests.catalog` writes it, a test compares it."""

from pathlib import Path

from queries.catalog import METRICS

README = Path(__file__).resolve().parents[1] / "README.md"
OPEN, CLOSE = "<!-- metrics -->\n", "<!-- /metrics -->"


def table() -> str:
    """One row per metric: name, definition, where it is defined, shown and tested."""
    rows = [
        "| 指标 | 定义 | 键名 | 页面 |",
        "| --- | --- | --- | --- |",
        *(f"| {m.name} | {m.definition} | `{m.key}` | `{m.page}` |" for m in METRICS),
    ]
    where = (
        "定义在 `queries/coverage.py`,何时计入在 `data/summaries/intervals.py` 的同名键下,"
        "手算的期望值在 `tests/queries/test_coverage.py`。"
    )
    return "\n".join([*rows, "", where, ""])


def with_table(text: str) -> str:
    """The README with the table as it should be."""
    before, rest = text.split(OPEN)
    return before + OPEN + table() + CLOSE + rest.split(CLOSE)[1]


if __name__ == "__main__":
    README.write_text(with_table(README.read_text("utf-8")), "utf-8")
