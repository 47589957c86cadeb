"""Everything that is wrong with a scheme's file, collected so that it can be said at once."""

from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches

from data.errors import InvalidScheme
from data.locale.translate import t
from data.schemes.lines import Path, line_at


@dataclass
class Problems:
    """What was found so far in a file with these `lines`. `elsewhere` leads from what a scheme took
    over from another to where its own file names it."""

    file_name: str
    lines: dict[Path, int]
    elsewhere: dict[Path, Path] = field(default_factory=dict)
    found: list[tuple[int, str]] = field(default_factory=list)

    def say(self, path: Path, reason: str) -> None:
        """One more problem, at a value."""
        self.found.append((line_at(self.lines, self._own(path)), reason))

    def _own(self, path: Path) -> Path:
        """The path in this file: the longest known beginning of it is replaced."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.elsewhere:
                return self.elsewhere[path[:length]] + path[length:]
        return path

    def refuse(self) -> None:
        """Raise InvalidScheme with every problem, in the order of the file, if there is any."""
        if not self.found:
            return
        told = [
            t("{file} 第 {line} 行：{reason}", file=self.file_name, line=line, reason=reason)
            for line, reason in sorted(dict.fromkeys(self.found))
        ]
        head = t("评价方案 {file} 有 {number} 处问题：", file=self.file_name, number=len(told))
        raise InvalidScheme("\n".join((head, *told)))


def like(value: str, known: Collection[str]) -> str:
    """What somebody may have meant, as the end of a sentence; nothing where nothing is near."""
    near = get_close_matches(value, sorted(known), n=3)
    return t("；是不是 {near}？", near="、".join(near)) if near else ""
