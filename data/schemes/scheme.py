"""What an evaluation scheme says: what is judged, by which indicators, and how each is scored.

A scheme is a tree: dimensions, their sub-dimensions, their indicators. Weights are points of the
scheme's hundred; those of one level add up to the weight above them. All of it is hashable, so
that a scheme can be part of a cache key and of a seal.
"""

from dataclasses import dataclass

BUILDING, COLLEGE_LEADS, COLLEGE_BELONGS = "building", "college_lead", "college_belong"
UNITS = {
    BUILDING: "楼宇",
    COLLEGE_LEADS: "学院（牵头楼宇）",
    COLLEGE_BELONGS: "学院（所属学生）",
}
"""What is judged."""
TERM, ACADEMIC_YEAR, CALENDAR_YEAR = "term", "academic_year", "calendar_year"
PERIODS = {TERM: "学期", ACADEMIC_YEAR: "学年", CALENDAR_YEAR: "自然年"}
ARITHMETIC, GEOMETRIC = "arithmetic", "geometric"
METRIC, RATING, AWARDS = "metric", "rating", "awards"
PUBLICATIONS, SATISFACTION = "publications", "satisfaction"
SOURCES = {
    METRIC: "指标",
    RATING: "人工评分",
    AWARDS: "获奖",
    PUBLICATIONS: "经验发表",
    SATISFACTION: "活动满意度",
}
HEADINGS = ("党建引领", "队伍入驻", "学生参与", "文化建设", "数字赋能", "条件保障")
"""The six headings by which provinces grade, in their order."""
EXCLUDE, ZERO, MEDIAN, WITHHOLD = "exclude", "zero", "median", "withhold"
MISSING = {
    EXCLUDE: "不计分，权重分给同一上级的其他指标",
    ZERO: "记最低分（没有设最低分的为零分）",
    MEDIAN: "取同类单位得分的中位数",
    WITHHOLD: "不出总分",
}
"""What becomes of a unit without a value."""
Pairs = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Rule:
    """How a value becomes a score of 0 to 100; `queries/scoring_rules.py` says which kind reads
    which of these. `bands` are (from, points), the highest first; `parts` (培养层次, target)."""

    kind: str
    target: float | None = None
    worst: float | None = None
    best: float | None = None
    line: float | None = None
    base: float | None = None
    required: float | None = None
    per: float | None = None
    top: float | None = None
    bands: tuple[tuple[float, float], ...] = ()
    parts: Pairs = ()


@dataclass(frozen=True)
class Source:
    """Where an indicator's value comes from.

    `key` is a metric's key or the code of a manual indicator. Of a rating: `rubric` are (what is
    seen, points), `raters` how many must have scored, `threshold` the points two may lie apart,
    `groups` the weights of groups of raters, empty where all count alike. Of awards: `levels` the
    points of each level. Of satisfaction: `levels` the points of each answer.
    """

    kind: str
    key: str = ""
    rubric: Pairs = ()
    raters: int = 2
    threshold: float = 10.0
    groups: Pairs = ()
    levels: Pairs = ()


@dataclass(frozen=True)
class EvidenceRule:
    """Records of a ledger that bear on an indicator: those with one of the values in each column.
    `ledger` is activity, publication, award, visit or space."""

    ledger: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Indicator:
    """One line of the scheme. `heading` is its place in the provinces' order; `floor` and `cap`
    bound its score; `work` is the policy's own phrase it answers to."""

    key: str
    name: str
    weight: float
    source: Source
    rule: Rule
    missing: str
    clause: str
    heading: str
    standard: str
    higher: bool = True
    floor: float = 0.0
    cap: float = 100.0
    evidence: tuple[EvidenceRule, ...] = ()


@dataclass(frozen=True)
class SubDimension:
    """二级指标."""

    key: str
    name: str
    weight: float
    indicators: tuple[Indicator, ...]
    aggregation: str = ARITHMETIC


@dataclass(frozen=True)
class Dimension:
    """一级指标."""

    key: str
    name: str
    weight: float
    parts: tuple[SubDimension, ...]
    aggregation: str = ARITHMETIC


@dataclass(frozen=True)
class Veto:
    """Where an indicator's value is below `least`, the unit's score of `over` (a dimension, or ""
    for the whole) is nothing, and it stands marked as such with the reason."""

    indicator: str
    least: float
    over: str
    reason: str


@dataclass(frozen=True)
class Scheme:
    """A whole scheme. `quota` is the share of units of a peer group that may be awarded, `among`
    whether relative rules and ranks look at the peer group or at all."""

    key: str
    version: str
    name: str
    unit: str
    period: str
    note: str
    dimensions: tuple[Dimension, ...]
    aggregation: str = ARITHMETIC
    vetoes: tuple[Veto, ...] = ()
    quota: float = 0.2
    award: str = ""

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator, in the order of the file."""
        return tuple(i for d in self.dimensions for s in d.parts for i in s.indicators)

    @property
    def weights(self) -> tuple[float, ...]:
        """The weight of each indicator, in the same order; together 100."""
        return tuple(i.weight for i in self.indicators)
