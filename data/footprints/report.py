"""What an import of footprints did, or why it did nothing, feature by feature."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MATCHED, UNCHANGED, CREATED, REPAIRED = "已匹配", "无变化", "新建", "已修复或需留意"
UNMATCHED, AMBIGUOUS, REFUSED = "未匹配", "有歧义", "拒绝"
GROUPS = (MATCHED, UNCHANGED, CREATED, REPAIRED, UNMATCHED, AMBIGUOUS, REFUSED)
OBSTACLES = frozenset({UNMATCHED, AMBIGUOUS, REFUSED})


@dataclass(frozen=True)
class Finding:
    """One line of the report: which feature (or place), and what became of it."""

    group: str
    label: str
    text: str


@dataclass(frozen=True)
class Report:
    """Everything at once, so that a file can be put right in one go."""

    file: str
    features: int
    findings: Sequence[Finding]
    dry_run: bool = False

    @property
    def refused(self) -> bool:
        """Whether anything stood in the way; then nothing was written."""
        return any(finding.group in OBSTACLES for finding in self.findings)

    def of(self, group: str) -> list[Finding]:
        """The findings of one group, in the order of the file."""
        return [finding for finding in self.findings if finding.group == group]

    def text(self) -> str:
        """The report as people read it."""
        lines = [f"{self.file}:{self.features} 个要素"]
        for group in GROUPS:
            found = self.of(group)
            if found:
                lines += ["", f"{group}({len(found)})"]
                lines += _lines(found)
        return "\n".join([*lines, "", self._outcome()])

    def _outcome(self) -> str:
        if self.refused:
            return "没有写入任何内容：处理完“未匹配”“有歧义”“拒绝”各条后再导入。"
        if not self.of(MATCHED) and not self.of(CREATED):
            return "与数据库一致，没有需要写入的内容。"
        if self.dry_run:
            return "只是演练，没有写入任何内容；去掉 --dry-run 即写入。"
        return "已全部写入；运行 python -m data refresh 后页面可见。"


def notes(label: str, texts: Iterable[str | None]) -> Iterator[Finding]:
    """What was repaired or deserves a look, one finding each."""
    return (Finding(REPAIRED, label, text) for text in texts if text)


def _lines(found: Sequence[Finding]) -> Iterator[str]:
    """What is said of several features is said once, with all of them behind it."""
    labels: dict[str, list[str]] = {}
    for finding in found:
        labels.setdefault(finding.text, []).append(finding.label)
    for text, same in labels.items():
        yield f"  {same[0]}:{text}" if len(same) == 1 else f"  {text}({len(same)}):"
        if len(same) > 1:
            yield f"    {'、'.join(same)}"
