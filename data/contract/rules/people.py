"""Every slice of a student's enrolment lies in its term and leads to a room and a counselor."""

from sqlalchemy import select

from data.contract.declaration import Check, Severity
from data.contract.rules.time import outside_its_term
from data.models.people import Enrolment, Student
from data.models.time import Term

_slice = (Enrolment.student_id, Enrolment.term_id, Enrolment.starts)
_here = Enrolment.away.is_(None)
_enrolled = select(Enrolment.student_id).distinct().subquery("enrolled")

CHECKS = (
    Check(
        "enrolment_outside_term",
        "学籍住宿时段超出所属学期",
        Severity.ERROR,
        Enrolment.starts,
        select(*_slice, Enrolment.ends, Term.ends.label("term_ends"))
        .join(Term, Term.id == Enrolment.term_id)
        .where(outside_its_term(Enrolment.starts, Enrolment.ends)),
        "学期之外的日子会被漏掉，或与相邻学期的行重复",
        "每学期各起一行：起于学期之内，终止日期空着即至学期末",
    ),
    Check(
        "enrolment_without_room",
        "在校学生没有房间",
        Severity.REMINDER,
        Enrolment.room_id,
        select(*_slice).where(Enrolment.room_id.is_(None), _here),
        "这些学生归入“未归属”，不计入任何楼宇",
        "填写房间编号；不住校的填写“不在校情况”",
    ),
    Check(
        "enrolment_without_counselor",
        "在校学生没有辅导员",
        Severity.REMINDER,
        Enrolment.counselor_id,
        select(*_slice, Enrolment.college_id).where(Enrolment.counselor_id.is_(None), _here),
        "没有人的工作清单里有这些学生",
        "填写辅导员工号",
    ),
    Check(
        "student_never_enrolled",
        "学生没有任何学籍住宿记录",
        Severity.REMINDER,
        Student.id,
        select(Student.id)
        .outerjoin(_enrolled, _enrolled.c.student_id == Student.id)
        .where(_enrolled.c.student_id.is_(None)),
        "这些学生不属于任何学院和楼宇，任何合计里都没有他们",
        "补上学籍住宿记录；不是本校学生的，从学生台账中删去",
    ),
)
