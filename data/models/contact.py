"""Our own summaries of the 44023 work: whom counselors met, when they came, what was answered.

Rows of a build are facts of one term. A page asks for a day of it, so every date stays a date.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.models.dashboard import DASHBOARD, Own

WORD = 60
"""Days in one of the numbers whose bits are days: a BIGINT holds 63 without a sign."""


class StudentContact(Own):
    """One enrolment slice of a student, in force `starts` ≤ day < `until`, with the contacts of the
    whole term.

    `away` is "" for those the coverage counts. `first_own` is the first day on which the student's
    own counselor or the building's counselor met them, `first_any` anyone; `first_talk`,
    `first_present` and `first_class` say how their own did, `first_room` when a room they live in
    was reached. Bit d mod 60 of `own_{d // 60}` is set where they were met on day d of the term.
    `last_own` is the last of these days, `last_before` that of the term before.
    """

    __tablename__ = "student_contact"
    __table_args__ = (
        Index("ix_student_contact_college", "build", "college_id"),
        Index("ix_student_contact_building", "build", "building_id", "floor_id"),
        Index("ix_student_contact_counselor", "build", "counselor_id"),
        Index("ix_student_contact_student", "build", "student_id"),
        DASHBOARD,
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    build: Mapped[int]
    student_id: Mapped[str] = mapped_column(String(32))
    campus_id: Mapped[str] = mapped_column(String(32))
    cluster_id: Mapped[str] = mapped_column(String(32))
    building_id: Mapped[str] = mapped_column(String(32))
    floor_id: Mapped[str] = mapped_column(String(32))
    room_id: Mapped[str] = mapped_column(String(32))
    college_id: Mapped[str] = mapped_column(String(32))
    counselor_id: Mapped[str] = mapped_column(String(32))
    degree_level: Mapped[str] = mapped_column(String(16))
    grade: Mapped[int]
    class_name: Mapped[str] = mapped_column(String(64))
    away: Mapped[str] = mapped_column(String(16))
    starts: Mapped[date]
    until: Mapped[date]
    first_own: Mapped[date | None]
    first_any: Mapped[date | None]
    first_talk: Mapped[date | None]
    first_present: Mapped[date | None]
    first_class: Mapped[date | None]
    first_room: Mapped[date | None]
    last_own: Mapped[date | None]
    last_before: Mapped[date | None]
    own_0: Mapped[int] = mapped_column(BigInteger)
    own_1: Mapped[int] = mapped_column(BigInteger)
    own_2: Mapped[int] = mapped_column(BigInteger)
    own_3: Mapped[int] = mapped_column(BigInteger)


class ContactTotal(Own):
    """How many enrolment slices share their college, campus, days and the day first met: what the
    whole university needs of StudentContact, of a size that does not grow with the students.

    `way` is `own`, `any` (whom any counselor met) or `away` (those the coverage leaves out).
    """

    __tablename__ = "contact_total"
    __table_args__ = (Index("ix_contact_total_college", "build", "way", "college_id"), DASHBOARD)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    build: Mapped[int]
    way: Mapped[str] = mapped_column(String(8))
    campus_id: Mapped[str] = mapped_column(String(32))
    college_id: Mapped[str] = mapped_column(String(32))
    degree_level: Mapped[str] = mapped_column(String(16))
    starts: Mapped[date]
    until: Mapped[date]
    first: Mapped[date | None]
    number: Mapped[int]


class CounselorPeriod(Own):
    """What a counselor made of one period (上午, 中午, 下午, 晚上) in one week of the term.

    `period` "" holds visits without a starting time. `due` is 1 in a teaching week for a counselor
    in office all week who has students or a building; `listed` is 1 for one who has students.
    `visits` divides into `apartment` and `elsewhere` (课堂, 实验室); `long` lasted as long as 44023
    asks. `through` is the last day the row has counted: before the week's end in the running week.
    """

    __tablename__ = "counselor_period"
    __table_args__ = (
        Index("ix_counselor_period_college", "build", "college_id", "week"),
        Index("ix_counselor_period_counselor", "build", "counselor_id", "week"),
        DASHBOARD,
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    build: Mapped[int]
    counselor_id: Mapped[str] = mapped_column(String(32))
    college_id: Mapped[str] = mapped_column(String(32))
    week: Mapped[int]
    starts: Mapped[date]
    until: Mapped[date]
    through: Mapped[date]
    teaching_days: Mapped[int]
    period: Mapped[str] = mapped_column(String(8))
    due: Mapped[int]
    listed: Mapped[int]
    visits: Mapped[int]
    long: Mapped[int]
    apartment: Mapped[int]
    elsewhere: Mapped[int]
    minutes: Mapped[int]


class NodeCoverage(Own):
    """One key date (关键节点) of one residential building: the pair is due from `due`, and covered
    from `first_visit`, the first apartment visit inside the window; `visits` are all of them."""

    __tablename__ = "node_coverage"
    __table_args__ = (Index("ix_node_coverage_building", "build", "building_id"), DASHBOARD)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    build: Mapped[int]
    node_id: Mapped[str] = mapped_column(String(32))
    campus_id: Mapped[str] = mapped_column(String(32))
    cluster_id: Mapped[str] = mapped_column(String(32))
    building_id: Mapped[str] = mapped_column(String(32))
    due: Mapped[date]
    ends: Mapped[date]
    first_visit: Mapped[date | None]
    visits: Mapped[int]


class ConcernStage(Own):
    """One concern with the day it reached each stage; `carried` is 1 where an earlier term raised
    it and it was not resolved when this one began.

    `limit_day` is the last day on which a first response is in time. Where only a later stage is on
    record, an earlier one counts as reached on that day: an answer without an assignment was taken
    up all the same.
    """

    __tablename__ = "concern_stage"
    __table_args__ = (
        Index("ix_concern_stage_college", "build", "college_id"),
        Index("ix_concern_stage_building", "build", "building_id"),
        DASHBOARD,
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    build: Mapped[int]
    concern_id: Mapped[int]
    student_id: Mapped[str] = mapped_column(String(32))
    campus_id: Mapped[str] = mapped_column(String(32))
    cluster_id: Mapped[str] = mapped_column(String(32))
    building_id: Mapped[str] = mapped_column(String(32))
    college_id: Mapped[str] = mapped_column(String(32))
    counselor_id: Mapped[str] = mapped_column(String(32))
    category: Mapped[str] = mapped_column(String(16))
    carried: Mapped[int]
    raised: Mapped[date]
    limit_day: Mapped[date]
    assigned: Mapped[date | None]
    responded: Mapped[date | None]
    resolved: Mapped[date | None]
    confirmed: Mapped[date | None]


class KeyGroupCount(Own):
    """How many students with a support need share a college, a counselor and a day first met.

    `category` "" counts a student once, whatever their needs. `first_peer` is the first day of the
    term on which they were in a peer support group, or came to an activity of one. No row names
    anybody, and none is shown but in sums that are suppressed where they are small.
    """

    __tablename__ = "key_group_count"
    __table_args__ = (Index("ix_key_group_count_college", "build", "college_id"), DASHBOARD)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    build: Mapped[int]
    college_id: Mapped[str] = mapped_column(String(32))
    counselor_id: Mapped[str] = mapped_column(String(32))
    category: Mapped[str] = mapped_column(String(16))
    starts: Mapped[date]
    until: Mapped[date]
    first_own: Mapped[date | None]
    first_peer: Mapped[date | None]
    number: Mapped[int]


class EngagementSession(Own):
    """One session of a leader, expert, tutor or veteran in a building; `attended` may be unknown,
    and so may `person_code` ("")."""

    __tablename__ = "engagement_session"
    __table_args__ = (Index("ix_engagement_session_building", "build", "building_id"), DASHBOARD)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    build: Mapped[int]
    engagement_id: Mapped[int]
    day: Mapped[date]
    carrier: Mapped[str] = mapped_column(String(16))
    person_kind: Mapped[str] = mapped_column(String(16))
    person_code: Mapped[str] = mapped_column(String(32))
    campus_id: Mapped[str] = mapped_column(String(32))
    cluster_id: Mapped[str] = mapped_column(String(32))
    building_id: Mapped[str] = mapped_column(String(32))
    college_id: Mapped[str] = mapped_column(String(32))
    hours: Mapped[float]
    attended: Mapped[int | None]


class WeekCount(Own):
    """A weekly series of one building or college: `numerator` of `denominator` in a whole week.

    `subject` is building or college, `denominator` 1 where a week is simply counted. Weeks without
    teaching have no row: they break the series.
    """

    __tablename__ = "week_count"
    __table_args__ = (Index("ix_week_count_subject", "build", "subject", "metric"), DASHBOARD)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    build: Mapped[int]
    metric: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(8))
    subject_id: Mapped[str] = mapped_column(String(32))
    week: Mapped[int]
    starts: Mapped[date]
    until: Mapped[date]
    numerator: Mapped[int]
    denominator: Mapped[int]


class WarningNote(Own):
    """What somebody said of a warning: seen, or explained with a note. Rows are only added.

    `key` names the warning by series, rule and the week it began, so that it stays itself while it
    goes on and is new when the rule is broken again.
    """

    __tablename__ = "warning_note"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(160), index=True)
    state: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(Text, default="")
    author: Mapped[str] = mapped_column(String(64))
    author_name: Mapped[str] = mapped_column(String(64), default="")
    at: Mapped[datetime]
