"""力量下沉：谁走进了社区，走到了哪些楼，还有谁没来？"""

from components.page import PEOPLE, Page
from pages._forces import (
    ABSENCE_BOARD,
    CARRIER_CELLS,
    COUNSELOR_POSTS,
    FORCES_CARDS,
    MONTH_CELLS,
    REACH_BOARD,
)

PAGE = Page(
    path="/forces",
    name="力量下沉",
    question="谁走进了社区，走到了哪些楼，还有谁没来？",
    icon="people",
    group=PEOPLE,
    blocks=(
        FORCES_CARDS,
        CARRIER_CELLS,
        MONTH_CELLS,
        REACH_BOARD,
        ABSENCE_BOARD,
        COUNSELOR_POSTS,
    ),
)
