"""先锋矩阵：先锋力量在哪里，谁还没有纳入，谁在带头？"""

from components.page import PLACES, Page
from pages._party import (
    AREA_LIST,
    AREA_LOADS,
    DISPLAYS,
    HIERARCHIES,
    LEADERS,
    LEADS_BY_MONTH,
    ROSTER_GAPS,
    ROSTERS_BY_KIND,
    STUDIOS,
    UNLISTED_FLOORS,
    UNLISTED_PEOPLE,
)

PAGE = Page(
    path="/party",
    name="先锋矩阵",
    question="先锋力量在哪里，谁还没有纳入，谁在带头？",
    icon="diagram-3",
    group=PLACES,
    blocks=(
        ROSTERS_BY_KIND,
        ROSTER_GAPS,
        UNLISTED_FLOORS,
        UNLISTED_PEOPLE,
        LEADS_BY_MONTH,
        AREA_LOADS,
        AREA_LIST,
        DISPLAYS,
        LEADERS,
        STUDIOS,
        HIERARCHIES,
    ),
)
