"""What a check of a foreign database found, as a text a database administrator can act on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column

from data.contract.declaration import Severity
from data.locale.translate import Phrase
from data.models.contract import ledger


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: where, how often, for instance, who is affected, what to do."""

    severity: Severity
    place: str
    title: str
    effect: str
    remedy: str
    count: int = 1
    examples: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """The finding as it is printed."""
        yield f"{self.place}:{self.title}" + (f"({self.count:,} 行)" if self.examples else "")
        for example in self.examples:
            yield f"   例：{example}"
        if more := self.examples and self.count - len(self.examples):
            yield f"   ……另有 {more:,} 行"
        yield f"   影响：{self.effect}"
        yield f"   处理：{self.remedy}"


@dataclass(frozen=True)
class Report:
    """Everything found in one database."""

    database: str
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    checks: int
    seconds: float

    @property
    def pages_would_be_wrong(self) -> bool:
        """Whether anything found makes pages fail or show wrong numbers."""
        return bool(self.of(Severity.ERROR))

    def of(self, severity: Severity) -> list[Finding]:
        """The findings of one severity, in the order in which they were made."""
        return [finding for finding in self.findings if finding.severity is severity]

    def text(self) -> str:
        """The whole report: a summary, errors, reminders, notes."""
        counts = "、".join(f"{s.value} {len(self.of(s))} 项" for s in Severity)
        verdict = "页面会出错，请先处理错误" if self.pages_would_be_wrong else "可以供页面使用"
        lines = [
            f"与约定比对：{self.database}",
            f"结果：{counts} —— {verdict}(检查 {self.checks} 项，用时 {self.seconds:.1f} 秒)",
        ]
        for severity in Severity:
            for number, finding in enumerate(self.of(severity), start=1):
                first, *rest = finding.lines()
                lines += ["", f"[{severity.value} {number}] {first}", *rest]
        if self.notes:
            lines += ["", "说明", *(f"   {note}" for note in self.notes)]
        return "\n".join(lines)


def place_of(column: Column[Any]) -> Phrase:
    """A column as both worlds call it: `room.floor_id(楼层编号)`."""
    name = f"{column.table.name}.{column.name}"
    return Phrase("{name}({heading})", name=name, heading=Phrase(ledger(column).heading))


def example_of(row: dict[str, Any]) -> str:
    """One row as `name=value` pairs; what is empty says so."""
    return " ".join(f"{k}={'空' if v is None else _written(v)}" for k, v in row.items())


def _written(value: Any) -> str:
    text = str(value)
    return repr(text) if not text or text != text.strip() or " " in text else text
