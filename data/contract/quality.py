"""Every check of the rows, for the command line and the data-quality page alike."""

from sqlalchemy import exists, literal, select, union_all

from data.contract.declaration import Check, Severity
from data.contract.keys import implied
from data.contract.rules import activity, forces, method, party, people, place, time, totals
from data.models.people import College, Counselor, Enrolment, Student
from data.models.place import Building, Campus, Cluster, Floor, Room
from data.models.time import Term

INDISPENSABLE = (
    *(Campus, Cluster, Building, Floor, Room),
    *(College, Counselor, Student, Enrolment, Term),
)

_empty = union_all(
    *(
        select(literal(model.__tablename__).label("table_name")).where(
            ~exists(select(*model.__table__.primary_key))
        )
        for model in INDISPENSABLE
    )
).subquery("empty")

RULES = (time, place, people, party, method, forces, activity, totals)
CHECKS: tuple[Check, ...] = (
    Check(
        "nothing_there",
        "基础表还是空的",
        Severity.REMINDER,
        Term.id,
        select(_empty.c.table_name),
        "页面可以打开，但没有内容",
        "先填这些表",
        faulty=(),
    ),
    *implied(),
    *(check for rules in RULES for check in rules.CHECKS),
)
