"""社区活动：哪些活动真正把人带到一起，哪些楼还冷清？"""

from components.page import LIFE, Page
from pages._activities import (
    ACTIVITY_CARDS,
    ACTIVITY_DAYS,
    ACTIVITY_FESTIVALS,
    ACTIVITY_FIELDS,
    ACTIVITY_REACH_DOTS,
    ACTIVITY_RETENTION,
    ACTIVITY_RHYTHM,
    ACTIVITY_SEASONS,
    UNREACHED,
)

PAGE = Page(
    path="/activities",
    name="社区活动",
    question="哪些活动真正把人带到一起，哪些楼还冷清？",
    icon="calendar-heart",
    group=LIFE,
    blocks=(
        ACTIVITY_CARDS,
        ACTIVITY_DAYS,
        ACTIVITY_SEASONS,
        ACTIVITY_REACH_DOTS,
        ACTIVITY_FESTIVALS,
        ACTIVITY_FIELDS,
        ACTIVITY_RHYTHM,
        ACTIVITY_RETENTION,
        UNREACHED,
    ),
)
