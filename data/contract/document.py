"""Write docs/campus-database.md from the models, so that it cannot go stale."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import CheckConstraint, Column, Enum, Table, TextClause

from data.contract.family import Family, family
from data.contract.prose import INTRODUCTION
from data.models import activity, evaluation, forces, party, people, place, service, time
from data.models.contract import Contract, ledger
from data.models.tables import contract_tables

PATH = Path(__file__).parents[2] / "docs" / "campus-database.md"
DOMAINS: tuple[tuple[ModuleType, str], ...] = (
    (place, "空间"),
    (people, "人员"),
    (time, "时间"),
    (party, "党团组织"),
    (forces, "力量下沉"),
    (service, "空间功能与服务"),
    (activity, "活动"),
    (evaluation, "评价与支持"),
)
HEADINGS = ("表头", "列", "类型", "键与空值", "允许的取值", "单位", "别名", "说明", "引用")

Model = tuple[type[Contract], Table]


def markdown() -> str:
    """The whole page."""
    domains = [
        (f"{title} {module.__name__.split('.')[-1]}", _of(module)) for module, title in DOMAINS
    ]
    parts = (
        INTRODUCTION,
        _filling_order(),
        "## 目录\n",
        *_contents(domains),
        "",
        *chain.from_iterable(_domain(title, models) for title, models in domains),
    )
    return "\n".join(parts).rstrip("\n") + "\n"


def _of(module: ModuleType) -> list[Model]:
    return [pair for pair in contract_tables() if pair[0].__module__ == module.__name__]


def _filling_order() -> str:
    names = " → ".join(f"`{table.name}`" for _, table in contract_tables())
    return f"按这个顺序填表，引用的编号总是已经存在：{names}\n"


def _contents(domains: list[tuple[str, list[Model]]]) -> Iterator[str]:
    for title, models in domains:
        yield f"- [{title}]({_anchor(title)})"
        for model, table in models:
            yield f"  - [{_heading(model, table)}]({_anchor(_heading(model, table))})"


def _domain(title: str, models: list[Model]) -> Iterator[str]:
    yield f"## {title}\n"
    for model, table in models:
        yield f"### {_heading(model, table)}\n"
        yield f"{(model.__doc__ or '').strip()}\n"
        yield f"保管：{model.keeper}\n"
        yield _row(HEADINGS)
        yield _row(["---"] * len(HEADINGS))
        yield from (_row(_cells(column)) for column in table.columns)
        yield ""
        yield from _rules(table)


def _heading(model: type[Contract], table: Table) -> str:
    return f"{table.name} {model.title}"


def _anchor(heading: str) -> str:
    return "#" + heading.lower().replace(" ", "-")


def _row(cells: Any) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _cells(column: Column[Any]) -> tuple[str, ...]:
    declared = ledger(column)
    allowed = column.type.enums if isinstance(column.type, Enum) else ()
    targets = (key.target_fullname.removeprefix("campus.") for key in column.foreign_keys)
    return (
        declared.heading,
        f"`{column.name}`",
        _type(column),
        "主键" if column.primary_key else "可空" if column.nullable else "必填",
        "、".join(allowed),
        declared.unit,
        "、".join(declared.aliases),
        declared.description,
        "、".join(f"`{target}`" for target in targets),
    )


def _type(column: Column[Any]) -> str:
    kind = family(column.type) or Family.TEXT
    length = None if isinstance(column.type, Enum) else getattr(column.type, "length", None)
    return f"{kind.value}(≤{length})" if length else kind.value


def _rules(table: Table) -> Iterator[str]:
    unique = ("、".join(f"`{c.name}`" for c in i.columns) for i in table.indexes if i.unique)
    yield from (f"唯一：{columns} 合起来不重复。\n" for columns in sorted(unique))
    for constraint in sorted(_written(table)):
        yield f"约束:`{constraint}`\n"


def _written(table: Table) -> Iterator[str]:
    """The conditions spelt out in the models; those of allowed values are in the rows."""
    for rule in table.constraints:
        if isinstance(rule, CheckConstraint) and isinstance(rule.sqltext, TextClause):
            yield str(rule.sqltext)
