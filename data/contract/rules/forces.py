"""Visits happen in a term and a building, last some time and meet someone; concerns take steps."""

from sqlalchemy import and_, func, not_, or_, select

from data.contract.declaration import Check, Severity
from data.models.forces import Concern, MethodSetting, Visit, VisitRoom, VisitStudent
from data.models.time import Term
from data.summaries.method import DEFAULT, clock, minute, past_midnight

_apartment = "公寓"
_who_and_when = (Visit.id, Visit.counselor_id, Visit.day)
_met = select(VisitStudent.visit_id).distinct().subquery("met")
_passed = select(VisitRoom.visit_id).distinct().subquery("passed")
_began, _ended = clock(Visit.starts), clock(Visit.ends)
_evening = func.coalesce(clock(MethodSetting.evening_starts), minute(DEFAULT.evening_starts))

_same = (Visit.counselor_id, Visit.day, Visit.starts, Visit.ends, Visit.building_id, Visit.place)

CHECKS = (
    Check(
        "visit_twice",
        "同一次走访登记了两次",
        Severity.REMINDER,
        Visit.id,
        select(*_same, func.count().label("times"), func.min(Visit.id).label("first_id"))
        .where(Visit.starts.is_not(None))
        .group_by(*_same)
        .having(func.count() > 1),
        "走访次数和时长会多算",
        "只留一行，见到的学生和房间并到这一行",
        faulty=(Visit.id, Visit.day),
    ),
    Check(
        "visit_outside_terms",
        "走访不在任何学期之内",
        Severity.REMINDER,
        Visit.day,
        select(*_who_and_when)
        .outerjoin(Term, and_(Term.starts <= Visit.day, Term.ends >= Visit.day))
        .where(Term.id.is_(None)),
        "这些走访不计入任何学期的覆盖",
        "核对走访日期与学期起止；假期走访不必处理",
    ),
    Check(
        "visit_of_another_term",
        "见到学生的走访不在所记的学期之内",
        Severity.ERROR,
        VisitStudent.term_id,
        select(VisitStudent.visit_id, VisitStudent.term_id, VisitStudent.student_id, Visit.day)
        .join(Visit, Visit.id == VisitStudent.visit_id)
        .join(Term, Term.id == VisitStudent.term_id)
        .where(or_(Visit.day < Term.starts, Visit.day > Term.ends)),
        "这些见面会计入错误的学期",
        "把学期编号改为走访日期所在的学期",
    ),
    Check(
        "visit_without_end",
        "走访没有结束时间",
        Severity.REMINDER,
        Visit.ends,
        select(*_who_and_when).where(Visit.ends.is_(None)),
        "时长不明，不计入每次 40 分钟的时段覆盖",
        "补登离开时间",
    ),
    Check(
        "visit_backwards",
        "走访的结束时间早于开始时间",
        Severity.REMINDER,
        Visit.ends,
        select(*_who_and_when, Visit.starts, Visit.ends)
        .outerjoin(Term, and_(Term.starts <= Visit.day, Term.ends >= Visit.day))
        .outerjoin(MethodSetting, MethodSetting.term_id == Term.id)
        .where(_ended < _began, not_(past_midnight(_began, _ended, _evening))),
        "时长不明，不计入每次 40 分钟的时段覆盖",
        "更正起止时间；只有晚上开始、次日 6:00 以前结束的走访可以跨过零点，仍记在开始那天",
    ),
    Check(
        "visit_met_nobody",
        "走访没有登记见到的学生",
        Severity.REMINDER,
        Visit.id,
        select(*_who_and_when)
        .outerjoin(_met, _met.c.visit_id == Visit.id)
        .where(_met.c.visit_id.is_(None)),
        "这些走访不增加学生覆盖率，只算到过房间",
        "补登见到的学生；确实只到房间的不必处理",
        faulty=(VisitStudent.visit_id,),
    ),
    Check(
        "visit_reached_nothing",
        "公寓走访既没有房间也没有学生",
        Severity.REMINDER,
        Visit.id,
        select(*_who_and_when, Visit.building_id)
        .outerjoin(_met, _met.c.visit_id == Visit.id)
        .outerjoin(_passed, _passed.c.visit_id == Visit.id)
        .where(Visit.venue == _apartment, _met.c.visit_id.is_(None), _passed.c.visit_id.is_(None)),
        "这些走访只算次数和时段，看不出到过哪里、见过谁",
        "补登走过的房间，见到学生的补登学生",
        faulty=(VisitRoom.visit_id,),
    ),
    Check(
        "visit_without_building",
        "公寓走访没有楼宇",
        Severity.REMINDER,
        Visit.building_id,
        select(*_who_and_when).where(Visit.venue == _apartment, Visit.building_id.is_(None)),
        "这些走访不计入任何楼宇的关键节点覆盖",
        "填写楼宇编号",
    ),
    Check(
        "concern_taken_up_late",
        "关切问题的受理晚于首次答复",
        Severity.REMINDER,
        Concern.assigned,
        select(Concern.id, Concern.college_id, Concern.assigned, Concern.responded).where(
            Concern.assigned > Concern.responded
        ),
        "受理按首次答复那天计",
        "核对受理日期和首次答复日期",
    ),
)
