"""The README's table of metrics: `python -m tests.catalog` writes it, a test compares it."""

from pathlib import Path

from queries.metric import Metric
from queries.rates import DOMAINS

README = Path(__file__).resolve().parents[1] / "README.md"
OPEN, CLOSE = "<!-- metrics -->\n", "<!-- /metrics -->"


def table() -> str:
    """One row per metric: name, definition, key, the module that defines it, the page."""
    rows = [
        "| 指标 | 定义 | 键名 | 模块 | 页面 |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {m.name} | {m.definition} | `{m.key}` | `{module}` | `{m.page}` |"
            for m, module in modules().items()
        ),
    ]
    where = (
        "模块在 `queries/` 下，指标的常量紧挨着它的 SELECT；"
        "手算的期望值在 `tests/queries/` 下同名的 `test_*.py`。"
        "何时计入：党团组织覆盖在 `data/summaries/intervals.py` 的同名键下，"
        "44023 在 `data/summaries/contact_scratch.py` 和 `contacts.py`。"
    )
    return "\n".join([*rows, "", where, ""])


def modules() -> dict[Metric, str]:
    """Each metric and the file of the function that gives its numbers."""
    return {
        metric: f"{rates.__module__.rpartition('.')[2]}.py"
        for held, rates in DOMAINS
        for metric in held
    }


def with_table(text: str) -> str:
    """The README with the table as it should be."""
    before, rest = text.split(OPEN)
    return before + OPEN + table() + CLOSE + rest.split(CLOSE)[1]


if __name__ == "__main__":
    README.write_text(with_table(README.read_text("utf-8")), "utf-8")
