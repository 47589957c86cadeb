"""The README's tables of metrics and of scoring rules: `python -m tests.catalog` writes them, a
test compares them."""

from pathlib import Path

from data.schemes.rule_settings import SCORES_ONLY
from data.schemes.scheme import SOURCES
from queries.metric import Metric
from queries.rates import DOMAINS
from queries.scoring_rules import KINDS

README = Path(__file__).resolve().parents[1] / "README.md"
OPEN, CLOSE = "<!-- metrics -->\n", "<!-- /metrics -->"
OPEN_RULES, CLOSE_RULES = "<!-- rules -->\n", "<!-- /rules -->"


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


def rules() -> str:
    """One row per kind of rule: its key, name, formula, settings, sources, whom it looks at."""
    rows = [
        "| `kind` | 规则 | 得分(0–100) | 要写的设置 | 用于来源 | 与别的单位有关 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for key, kind in KINDS.items():
        settings = "、".join(f"`{name}`" for name in kind.needs) or "—"
        sources = "、".join(SOURCES[source] for source in SCORES_ONLY.get(key, ())) or "任何"
        others = "是，放大偶然" if kind.relative else "否"
        rows.append(
            f"| `{key}` | {kind.name} | {kind.formula} | {settings} | {sources} | {others} |"
        )
    return "\n".join([*rows, ""])


def with_table(text: str) -> str:
    """The README with the tables as they should be."""
    before, rest = text.split(OPEN)
    text = before + OPEN + table() + CLOSE + rest.split(CLOSE)[1]
    before, rest = text.split(OPEN_RULES)
    return before + OPEN_RULES + rules() + CLOSE_RULES + rest.split(CLOSE_RULES)[1]


if __name__ == "__main__":
    README.write_text(with_table(README.read_text("utf-8")), "utf-8")
