"""Our own summaries of activities: each session where it was held, who came, and the members of
the student groups that hold some of them."""

from datetime import date

from sqlalchemy import Float, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from data.models.dashboard import DASHBOARD, Own


class ActivitySession(Own):
    """One activity in one building that hosted it, `building_id` "" where no place is on record: of
    several hosts each has a row, so activities are counted by their id.

    `attended` is NULL without a list of names: unknown, not nobody. `answers`, `score_sum` and
    `score_squares` add up the feedback, but for `outsiders`: answers by a name that is not on the
    list the activity has; `ones` to `fives` count the same answers by their points. `college_id`
    and `group_id` are the college and the student group that held it, "" where none did;
    `community_type` is its own, else its brand's; `cost` is in yuan, NULL where it is not on
    record.
    """

    __tablename__ = "activity_session"
    __table_args__ = (
        Index("ix_activity_session_building", "build", "building_id", "day"),
        DASHBOARD,
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    build: Mapped[int]
    activity_id: Mapped[int]
    day: Mapped[date]
    campus_id: Mapped[str] = mapped_column(String(32))
    cluster_id: Mapped[str] = mapped_column(String(32))
    building_id: Mapped[str] = mapped_column(String(32))
    college_id: Mapped[str] = mapped_column(String(32))
    brand_id: Mapped[str] = mapped_column(String(32))
    group_id: Mapped[str] = mapped_column(String(32), server_default="")
    name: Mapped[str | None] = mapped_column(String(96))
    theme: Mapped[str] = mapped_column(String(16))
    field: Mapped[str] = mapped_column(String(16))
    festival: Mapped[str] = mapped_column(String(16))
    community_type: Mapped[str] = mapped_column(String(16))
    attended: Mapped[int | None]
    answers: Mapped[int]
    score_sum: Mapped[int]
    score_squares: Mapped[int]
    outsiders: Mapped[int]
    ones: Mapped[int | None]
    twos: Mapped[int | None]
    threes: Mapped[int | None]
    fours: Mapped[int | None]
    fives: Mapped[int | None]
    cost: Mapped[float | None] = mapped_column(Float)


class Participation(Own):
    """A student who came to an activity of the term; `college_id` is the college they belonged to
    on that day, "" where they were enrolled in none."""

    __tablename__ = "participation"
    __table_args__ = (
        Index("ix_participation_student", "build", "student_id", "day"),
        Index("ix_participation_activity", "build", "activity_id"),
        DASHBOARD,
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    build: Mapped[int]
    activity_id: Mapped[int]
    student_id: Mapped[str] = mapped_column(String(32))
    college_id: Mapped[str | None] = mapped_column(String(32))
    day: Mapped[date]


class ReachCount(Own):
    """How many enrolment slices share all of these, with the day on which their student first came
    to an activity of the term: what the reach of any slice adds up, many times fewer than students.

    `away` is "" for those the reach counts.
    """

    __tablename__ = "reach_count"
    __table_args__ = (Index("ix_reach_count_building", "build", "building_id"), DASHBOARD)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    build: Mapped[int]
    campus_id: Mapped[str] = mapped_column(String(32))
    cluster_id: Mapped[str] = mapped_column(String(32))
    building_id: Mapped[str] = mapped_column(String(32))
    college_id: Mapped[str] = mapped_column(String(32))
    counselor_id: Mapped[str] = mapped_column(String(32))
    degree_level: Mapped[str] = mapped_column(String(16))
    grade: Mapped[int]
    away: Mapped[str] = mapped_column(String(16))
    starts: Mapped[date]
    until: Mapped[date]
    first: Mapped[date | None]
    number: Mapped[int]


class GroupMembership(Own):
    """A student on the roll of a student group, in force `starts` ≤ day < `until`: as long as the
    membership, the group and one enrolment slice of the student last together.

    Somebody who moved or changed college in mid-term has several rows; who is not enrolled has
    none. `major` is "" where it is not on record. Rows are only ever counted.
    """

    __tablename__ = "group_membership"
    __table_args__ = (Index("ix_group_membership_group", "build", "group_id"), DASHBOARD)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    build: Mapped[int]
    group_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    student_id: Mapped[str] = mapped_column(String(32))
    campus_id: Mapped[str] = mapped_column(String(32))
    cluster_id: Mapped[str] = mapped_column(String(32))
    building_id: Mapped[str] = mapped_column(String(32))
    college_id: Mapped[str] = mapped_column(String(32))
    counselor_id: Mapped[str] = mapped_column(String(32))
    major: Mapped[str] = mapped_column(String(64))
    starts: Mapped[date]
    until: Mapped[date]
