"""What became of the rows of a sign-in list: every one of them is counted somewhere."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

BLANK = "没有填学号"
MALFORMED = "学号写坏了"
LOST_ZEROS = "学号丢了开头的 0"
NOBODY = "没有这个学号的学生"
NOT_ENROLLED = "该学期没有学籍"
ANOTHER_NAME = "姓名与学号不是同一个人"
REASONS = (NOBODY, NOT_ENROLLED, MALFORMED, LOST_ZEROS, BLANK, ANOTHER_NAME)


@dataclass(frozen=True)
class Held:
    """An activity, as far as a sign-in list needs to know it."""

    id: int
    name: str
    day: date
    starts: time | None = None
    ends: time | None = None

    @property
    def label(self) -> str:
        """What to call it when asking which one is meant."""
        return f"{self.name}({self.day}、{self.id})"


@dataclass
class Tally:
    """The rows of one activity; `matched` counts people, each once, `repeated` their other rows.

    `absent` rows say themselves that somebody did not come, `elsewhere` ones were declared to be
    of another occasion, `faulty` ones have a problem of their own.
    """

    activity: Held
    rows: int = 0
    matched: int = 0
    repeated: int = 0
    absent: int = 0
    elsewhere: int = 0
    faulty: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def unmatched(self) -> int:
        """Rows whose number is no student's of that term."""
        return self.reasons.total()

    @property
    def text(self) -> str:
        """The counts in a sentence, as a terminal shows them."""
        reasons = "，".join(
            f"{name} {self.reasons[name]} 行" for name in REASONS if self.reasons[name]
        )
        parts = (
            f"匹配 {self.matched:,} 人",
            f"未匹配 {self.unmatched:,} 行" + (f"（{reasons}）" if reasons else ""),
            f"重复签到 {self.repeated:,} 行",
            f"没有到场 {self.absent:,} 行" if self.absent else "",
            f"不是这一场的 {self.elsewhere:,} 行" if self.elsewhere else "",
            f"另有问题 {self.faulty:,} 行" if self.faulty else "",
        )
        return (
            f"签到名单“{self.activity.label}”共 {self.rows:,} 行：{'，'.join(filter(None, parts))}"
        )

    def to_dict(self) -> dict[str, Any]:
        """As a plan keeps it: counts only, nobody's number."""
        counts = ("rows", "matched", "repeated", "absent", "elsewhere", "faulty", "unmatched")
        return {
            "activity": self.activity.id,
            "name": self.activity.name,
            "day": self.activity.day.isoformat(),
            **{name: getattr(self, name) for name in counts},
            "reasons": {name: self.reasons[name] for name in REASONS if self.reasons[name]},
        }
