"""Terms follow each other, and what belongs to a term lies inside it."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, func, or_, select

from data.contract.declaration import Check, Severity
from data.engine import days_between
from data.locale.translate import Phrase
from data.models.contact import WORD
from data.models.time import Holiday, KeyNode, Term
from data.summaries.contact_scratch import WORDS

LONGEST_TERM = WORDS * WORD


def outside_its_term(
    starts: SQLColumnExpression[date], ends: SQLColumnExpression[Any]
) -> ColumnElement[bool]:
    """A period that reaches out of the joined term; an open end is the term's own."""
    return or_(starts < Term.starts, starts > Term.ends, ends > Term.ends)


_so_far = func.max(Term.ends).over(order_by=Term.starts, rows=(None, -1))
_terms = select(Term.id, Term.starts, Term.ends, _so_far.label("earlier_ends")).subquery()

CHECKS = (
    Check(
        "term_overlap",
        "学期互相重叠",
        Severity.ERROR,
        Term.starts,
        select(_terms).where(_terms.c.earlier_ends >= _terms.c.starts),
        "重叠的日子同时属于两个学期，走访和活动会计两次",
        "让前一学期止于后一学期开始的前一日",
    ),
    Check(
        "term_too_long",
        "学期太长",
        Severity.ERROR,
        Term.ends,
        select(Term.id, Term.starts, Term.ends).where(
            days_between(Term.ends, Term.starts) >= LONGEST_TERM
        ),
        Phrase("第 {days} 天以后见到学生，不计入最近一次联系", days=LONGEST_TERM),
        Phrase("更正开始日期或结束日期：一学期不超过 {days} 天", days=LONGEST_TERM),
    ),
    Check(
        "term_teaching",
        "教学开始日期不在学期之内",
        Severity.ERROR,
        Term.teaching_starts,
        select(Term.id, Term.starts, Term.teaching_starts, Term.ends).where(
            or_(Term.teaching_starts < Term.starts, Term.teaching_starts > Term.ends)
        ),
        "教学周序号和按周的覆盖率会错位",
        "更正为第一教学周的星期一",
    ),
    Check(
        "holiday_outside_term",
        "节假日不在所属学期之内",
        Severity.REMINDER,
        Holiday.starts,
        select(Holiday.term_id, Holiday.name, Holiday.starts, Holiday.ends)
        .join(Term, Term.id == Holiday.term_id)
        .where(outside_its_term(Holiday.starts, Holiday.ends)),
        "学期之外的日子不影响这一学期的教学日",
        "更正起止日期或所属学期",
    ),
    Check(
        "key_node_outside_term",
        "关键节点不在所属学期之内",
        Severity.REMINDER,
        KeyNode.starts,
        select(KeyNode.id, KeyNode.term_id, KeyNode.starts, KeyNode.ends)
        .join(Term, Term.id == KeyNode.term_id)
        .where(outside_its_term(KeyNode.starts, KeyNode.ends)),
        "学期之外的走访不计入这个节点的覆盖",
        "更正起止日期或所属学期",
    ),
)
