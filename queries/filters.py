"""The slice a page is looking at. Parsed from the URL, passed to every query."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date as Day
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

from data.errors import InvalidFilter
from data.locale.translate import t

LEADS, BELONGS = "lead", "belong"
DRILL = ("campus", "cluster", "building", "floor", "room")
NARROWING = ("counselor", "degree")
ONLY_SOME_FOLLOW = (*NARROWING, "metric")
"""Fields of the filter bar that only the pages that say so answer to."""
ABOUT = (
    *("brand", "scheme", "period", "unit", "units", "measures", "weights", "spread", "seal"),
    *("compare_as", "funnel", "against", "indicator", "find", "order"),
)
"""Fields that say what a page is about; they stand in no filter bar."""
LONGEST = 64
LONGER = {"units": 200, "measures": 400, "weights": 800}
"""Lists of several."""


@dataclass(frozen=True)
class Filters:
    """One slice. Field names are the URL's parameter names; "" means not chosen.

    `date` is the as-of day, `college_as` whether `college` leads buildings or has students there,
    `counselor` and `degree` (培养层次) whose students are counted,
    `metric` the coverage a map is coloured by, `kind` which records a time line shows, `check`
    the data-quality check whose rows are listed, `series` the weekly series that is drawn, `brand`
    the brand that is looked at; `scheme` and `period` what an evaluation follows, `unit` the
    building or college whose score is opened, `indicator` the one that is rated by hand or whose
    evidence is listed, `find` the name of a record looked for, `order` whose headings an assessment
    sheet follows, `weights` and `spread` a what-if that is kept nowhere else, `seal` the sealed one
    that is shown; `units` and `measures` what is compared, `compare_as` whether units are buildings
    or colleges, `funnel` the measure all units are held against, and `against` the earlier day of a
    change; `weeks`, `visits`, `rooms`, `periods` and `both` the rules of a worklist. A page may
    also be given what it is about as `id`.
    `usual` is no parameter: a resolved slice keeps the term and day it would have had without
    being asked, and leaves them out of its address.
    """

    term: str = ""
    date: str = ""
    campus: str = ""
    cluster: str = ""
    building: str = ""
    floor: str = ""
    room: str = ""
    college: str = ""
    college_as: str = LEADS
    counselor: str = ""
    degree: str = ""
    metric: str = "building_coverage"
    kind: str = ""
    check: str = ""
    series: str = ""
    brand: str = ""
    scheme: str = ""
    period: str = ""
    unit: str = ""
    units: str = ""
    measures: str = ""
    weights: str = ""
    spread: str = ""
    seal: str = ""
    compare_as: str = ""
    funnel: str = ""
    against: str = ""
    indicator: str = ""
    find: str = ""
    order: str = ""
    weeks: str = ""
    visits: str = ""
    rooms: str = ""
    periods: str = ""
    both: str = ""
    usual: tuple[str, str] = field(default=("", ""), compare=False, repr=False)

    @classmethod
    def of(cls, query: Mapping[str, str], id_is: str = "building") -> Self:
        """Check the form of a query, ignoring parameters that are not ours; `id_is` is the field
        that `id` stands for."""
        names = {f.name for f in fields(cls) if f.compare}
        chosen: dict[str, Any] = {k: v for k, v in query.items() if k in names}
        chosen.setdefault(id_is, query.get("id", ""))
        filters = cls(**chosen)
        for name in names:
            text = getattr(filters, name)
            if len(text) > LONGER.get(name, LONGEST) or not text.isprintable():
                raise InvalidFilter(t("网址里的参数 {name} 无法识别。", name=name))
        if filters.date:
            filters.as_of  # noqa: B018 - raises where it is no date
        if filters.college_as not in (LEADS, BELONGS):
            raise InvalidFilter(
                t("学院口径只有牵头和所属两种，没有：{value}", value=filters.college_as)
            )
        return filters

    @classmethod
    def parse(cls, search: str, id_is: str = "building") -> Self:
        """A slice from a query string; InvalidFilter says which parameter cannot be."""
        return cls.of(dict(parse_qsl(search.removeprefix("?"))), id_is)

    @property
    def search(self) -> str:
        """The canonical query string: defaults are left out, so equal slices have equal URLs."""
        usual = {**vars(type(self)()), "term": self.usual[0], "date": self.usual[1]}
        asked = {f.name: getattr(self, f.name) for f in fields(self) if f.compare}
        kept = {k: v for k, v in asked.items() if v not in ("", usual[k])}
        return f"?{urlencode(kept)}" if kept else ""

    @property
    def as_of(self) -> Day:
        """The as-of day; InvalidFilter where it is no date. Only of a resolved slice."""
        try:
            return Day.fromisoformat(self.date)
        except ValueError:
            raise InvalidFilter(
                t("日期应当写成 2026-11-20 这样，现在是：{value}", value=self.date)
            ) from None

    @property
    def level(self) -> str:
        """The deepest place chosen: "", campus, cluster, building, floor or room."""
        chosen = [name for name in DRILL if getattr(self, name)]
        return chosen[-1] if chosen else ""

    @property
    def leading(self) -> str:
        """The chosen college where it stands for the buildings it leads; otherwise ""."""
        return self.college if self.college_as == LEADS else ""

    @property
    def belonging(self) -> str:
        """The chosen college where it stands for its own students and staff; otherwise ""."""
        return self.college if self.college_as == BELONGS else ""

    def followed(self, names: Collection[str]) -> Self:
        """The same slice as it counts where only these of ONLY_SOME_FOLLOW and ABOUT are answered
        to: what else narrows it stays in the address, and narrows nothing."""
        ignored: dict[str, Any] = {n: "" for n in (*NARROWING, *ABOUT) if n not in names}
        return replace(self, **ignored)

    def of_degree(self, degree: str) -> Self:
        """The same slice, of students of one degree level (培养层次)."""
        return replace(self, degree=degree)

    def at(self, level: str, place: str) -> Self:
        """The same slice drilled to a place: what lies below it is no longer chosen."""
        below = DRILL[DRILL.index(level) + 1 :]
        chosen: dict[str, Any] = {level: place, **dict.fromkeys(below, "")}
        return replace(self, **chosen)
