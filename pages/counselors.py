"""辅导员 44023：三个全覆盖走到哪一步，学期末能不能做到，还有谁没见到？"""

from functools import partial

from components.page import PEOPLE, Page
from components.panels.jumps import jumps
from pages._by_counselor import (
    BY_BUILDING,
    BY_COLLEGE,
    BY_COUNSELOR,
    SOURCE_AGREEMENT,
    VISIT_LENGTHS,
    VISIT_RECORDS,
)
from pages._concerns import (
    CONCERN_AGES,
    CONCERN_FUNNEL,
    CONCERNS_BY_CATEGORY,
    KEY_GROUPS,
    OVERDUE_CONCERNS,
)
from pages._periods import (
    FIELDS_BY_WEEK,
    NODE_LIST,
    NODE_MATRIX,
    PERIOD_HEATMAP,
    TERM_CALENDAR,
)
from pages._students_met import (
    LAST_CONTACTS,
    MET_CURVE,
    THREE_GOALS,
    UNMET_BUILDINGS,
    UNMET_MAP,
    UNMET_STUDENTS,
    WAYS_MET,
)

PARTS = (
    ("① 全体学生", MET_CURVE),
    ("② 时段和节点", PERIOD_HEATMAP),
    ("③ 重点难点问题", CONCERN_FUNNEL),
    ("学院、楼宇与辅导员", BY_COLLEGE),
    ("登记质量", VISIT_RECORDS),
)
"""Where each part of a long page begins."""

PAGE = Page(
    path="/counselors",
    name="辅导员 44023",
    question="三个全覆盖走到哪一步，学期末能不能做到，还有谁没见到？",
    icon="person-lines-fill",
    group=PEOPLE,
    filters=("counselor", "degree"),
    content=partial(jumps, tuple((name, block.key) for name, block in PARTS)),
    blocks=(
        THREE_GOALS,
        MET_CURVE,
        WAYS_MET,
        UNMET_MAP,
        UNMET_BUILDINGS,
        LAST_CONTACTS,
        UNMET_STUDENTS,
        PERIOD_HEATMAP,
        FIELDS_BY_WEEK,
        NODE_LIST,
        NODE_MATRIX,
        TERM_CALENDAR,
        CONCERN_FUNNEL,
        CONCERN_AGES,
        CONCERNS_BY_CATEGORY,
        OVERDUE_CONCERNS,
        KEY_GROUPS,
        BY_COLLEGE,
        BY_BUILDING,
        BY_COUNSELOR,
        VISIT_RECORDS,
        VISIT_LENGTHS,
        SOURCE_AGREEMENT,
    ),
)
