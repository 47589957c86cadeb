"""How 44023 is set for a term: targets are shares, periods in their order, limits possible."""

from sqlalchemy import and_, func, not_, or_, select

from data.contract.declaration import Check, Severity
from data.models.forces import MethodSetting
from data.summaries.method import DEFAULT, clock, minute

_targets = (
    MethodSetting.student_target,
    MethodSetting.slot_target,
    MethodSetting.field_target,
    MethodSetting.node_target,
    MethodSetting.response_target,
    MethodSetting.closed_target,
    MethodSetting.group_target,
)
_edges = tuple(
    func.coalesce(clock(column), minute(usual))
    for column, usual in (
        (MethodSetting.noon_starts, DEFAULT.noon_starts),
        (MethodSetting.afternoon_starts, DEFAULT.afternoon_starts),
        (MethodSetting.evening_starts, DEFAULT.evening_starts),
    )
)
_hours = (MethodSetting.noon_starts, MethodSetting.afternoon_starts, MethodSetting.evening_starts)
_numbers = (
    MethodSetting.minutes,
    MethodSetting.response_days,
    MethodSetting.students_per_counselor,
)

CHECKS = (
    Check(
        "setting_targets",
        "目标不在 0 到 1 之间",
        Severity.ERROR,
        MethodSetting.student_target,
        select(MethodSetting.term_id, *_targets).where(
            or_(*(or_(target < 0, target > 1) for target in _targets))
        ),
        "与目标的差距会算错",
        "写成小数：百分之八十写 0.8；不另定的留空，即为 1",
        faulty=_targets,
    ),
    Check(
        "setting_periods",
        "四时段的先后颠倒",
        Severity.ERROR,
        MethodSetting.noon_starts,
        select(MethodSetting.term_id, *_hours).where(
            not_(and_(_edges[0] > 0, _edges[0] < _edges[1], _edges[1] < _edges[2]))
        ),
        "走访会归到错误的时段，有的时段永远没有走访",
        "中午、下午、晚上的开始时间依次推后；空着的是 12:00、14:00、18:00",
        faulty=_hours,
    ),
    Check(
        "setting_numbers",
        "时长、时限或师生比不是正数",
        Severity.ERROR,
        MethodSetting.minutes,
        select(MethodSetting.term_id, *_numbers).where(or_(*(number < 1 for number in _numbers))),
        "每次走访都算够时长，或每个问题都算超期",
        "填不小于 1 的整数；不另定的留空，即为 40 分钟、3 个工作日、200 人",
        faulty=_numbers,
    ),
)
