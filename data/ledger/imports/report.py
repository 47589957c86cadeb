"""What an import did or would do, as a terminal shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from data.ledger.changes.comparing import Changes
from data.ledger.changes.planning import KINDS, Plan
from data.ledger.imports.runs import Run
from data.ledger.problem import Problem
from data.ledger.tables import title

NOTHING = "什么也没有写入。"
EXAMPLES = 3
VERBS = {"added": "新增", "changed": "更改", "removed": "去掉"}


@dataclass(frozen=True)
class Report:
    """The plan of an import, and what became of it."""

    plan: Plan
    dry_run: bool = False
    after: Run | None = None

    @property
    def refused(self) -> bool:
        """Whether anything kept it from being written."""
        return bool(self.plan.problems)

    def text(self) -> str:
        """All of it, the verdict first."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        if self.refused:
            yield f"有 {len(self.plan.problems):,} 处问题，{NOTHING}"
            yield from (f"   {line}" for problem in self.plan.problems for line in _told(problem))
        else:
            yield self._verdict()
            yield from counted(self.plan.to_dict()["tables"])
        yield from (tally.text for tally in self.plan.tallies)
        yield from (f"提醒：{warning}" for warning in self.plan.warnings)
        yield from (f"说明：{note}" for note in self.plan.notes)
        if self.after and self.after.data_version:
            yield f"数据版本 {self.after.data_version} 已发布。"
        elif self.after:
            yield self.after.stage or "汇总还没有刷新：请运行 python -m data refresh"

    def _verdict(self) -> str:
        if self.plan.empty:
            return f"没有变化：数据库里已经是文件中的内容，{NOTHING}"
        return f"试运行，{NOTHING}正式导入将会：" if self.dry_run else "已导入："


def counted(tables: list[dict[str, Any]]) -> Iterator[str]:
    """A line for each table, and a few of its rows where they changed."""
    for table in tables:
        done = "，".join(f"{VERBS[kind]} {table[kind]:,} 行" for kind in KINDS if table[kind])
        yield f"   {table['title']}：{done or '没有变化'}，不变 {table['unchanged']:,} 行"
        if table["range"]:
            yield f"      {table['range']}"
        for kind in KINDS[1:]:
            for example in table["examples"][kind][:EXAMPLES]:
                yield f"      {VERBS[kind]}：{_example(example)}"


def undone(every: tuple[Changes, ...]) -> Iterator[str]:
    """A line for each table that an undo brought back."""
    for changes in every:
        yield (
            f"   {title(changes.table.name)}：恢复 {len(changes.added):,} 行，"
            f"改回 {len(changes.changed):,} 行，去掉 {len(changes.removed):,} 行"
        )


def _told(problem: Problem) -> Iterator[str]:
    yield problem.text
    for one, description in problem.choices:
        yield f'   可选：--answer "{problem.heading}:{problem.value}={one}"  {description}'


def _example(example: dict[str, Any]) -> str:
    key = " ".join(f"{heading} {value}" for heading, value in example["key"].items())
    before, after = example["before"], example["after"]
    if not (before and after):
        return key
    changed = "，".join(f"{h} {before[h] or '空'} → {after[h] or '空'}" for h in after)
    return f"{key}：{changed}"
