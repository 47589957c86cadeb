"""What a worklist is made from: whom to meet, who can go when, and the rules of going."""

from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple

LONGEST = 365
"""Waiting counts up to so many days; a student never met counts one day more."""
ROOMS_PER_VISIT = 8
SECONDS = 10.0
"""The solver stops after so long and says how far the plan may be from the best."""
WEEKDAYS = 7


class Goals(NamedTuple):
    """What visits reach, compared in this order: a unit of an earlier goal outweighs all below.

    Students not yet met; the days they have waited; open concerns and key dates touched.
    """

    students: int = 0
    days: int = 0
    touched: int = 0


NOTHING = Goals()


@dataclass(frozen=True, order=True)
class Slot:
    """A period in which one visit fits."""

    day: date
    starts: time
    ends: time
    period: str


@dataclass(frozen=True)
class Walker:
    """A counselor with the periods they can go in, and the buildings they serve (楼宇辅导员).

    `weekly` is the most visits in a week, where that is fewer than the slots.
    """

    id: str
    slots: tuple[Slot, ...]
    buildings: frozenset[str] = frozenset()
    weekly: int | None = None


@dataclass(frozen=True)
class Room:
    """A room on a floor (wing × level). Rooms of a building whose floor is "" are walked as one."""

    id: str
    code: str
    floor: str
    building: str


@dataclass(frozen=True)
class Unmet:
    """A student not yet met this term. Room and class may be ""; `days` None is never met."""

    id: str
    counselor: str
    room: str = ""
    class_name: str = ""
    days: int | None = None

    @property
    def waited(self) -> int:
        """Days since the last contact, as they are weighed."""
        return LONGEST + 1 if self.days is None else min(max(self.days, 0), LONGEST)


@dataclass(frozen=True)
class Concern:
    """An open concern, touched where its counselor (any, if "") comes to its room or class.

    Without either, any visit of the building touches it. So does the building's counselor.
    """

    id: str
    counselor: str = ""
    building: str = ""
    room: str = ""
    class_name: str = ""


@dataclass(frozen=True)
class KeyDate:
    """A key date of a building without a visit so far: the window's days, both included."""

    id: str
    building: str
    starts: date
    ends: date

    def open_on(self, day: date) -> bool:
        """Whether a visit on the day falls into the window."""
        return self.starts <= day <= self.ends


@dataclass(frozen=True)
class Rules:
    """What whoever plans can change.

    `both_fields`: each week with two periods or more goes to both fields, apartments and a class,
    for as many weeks as there are classes and floors with students not yet met. `class_periods`
    are filled with classes first. `weekly_classes` is the most class visits in a week.
    `seconds` stops the search; a plan that it stopped is not reproducible and says so.
    """

    rooms_per_visit: int = ROOMS_PER_VISIT
    both_fields: bool = True
    class_periods: tuple[str, ...] = ("上午", "下午")
    weekly_classes: int | None = None
    seconds: float = SECONDS

    def __post_init__(self) -> None:
        if self.rooms_per_visit < 1:
            raise ValueError("a visit goes through one room or more")

    def classes_of(self, visits: int) -> int:
        """How many of a week's visits may go to classes."""
        return visits if self.weekly_classes is None else min(self.weekly_classes, visits)


@dataclass(frozen=True)
class Instance:
    """Everything a plan is made from. `begins` is the Monday of its first week."""

    begins: date
    walkers: tuple[Walker, ...]
    rooms: tuple[Room, ...]
    students: tuple[Unmet, ...]
    concerns: tuple[Concern, ...] = ()
    key_dates: tuple[KeyDate, ...] = ()
    rules: Rules = Rules()

    def week(self, day: date) -> int:
        """The week of the plan a day belongs to, from 1."""
        return (day - self.begins).days // WEEKDAYS + 1
