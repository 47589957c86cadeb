"""活动品牌：哪些活动真正把人带到一起，哪些楼还冷清，品牌长得起来吗？"""

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
from pages._brands import BRAND_GAPS, BRAND_LIST, BRAND_OVERLAP, BRAND_PORTFOLIO

PAGE = Page(
    path="/activities",
    name="活动品牌",
    question="哪些活动真正把人带到一起，哪些楼还冷清，品牌长得起来吗？",
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
        BRAND_PORTFOLIO,
        BRAND_LIST,
        BRAND_GAPS,
        BRAND_OVERLAP,
        ACTIVITY_RETENTION,
        UNREACHED,
    ),
)
