"""楼宇画像：这栋楼怎么样，和同类楼宇比差在哪一项，一路是怎么走来的？"""

from components.page import PLACES, Page
from pages._building import (
    BUILDING_CHRONICLE,
    BUILDING_COVERAGE,
    BUILDING_FACTS,
    BUILDING_FINDER,
    BUILDING_GOALS_44023,
    BUILDING_PEOPLE,
    BUILDING_TERMS,
    PORTRAIT,
)
from pages._community_types import TYPE_INDICATORS, TYPE_RADAR
from pages._evidence import BUILDING_HONOURS

PAGE = Page(
    path="/building",
    name="楼宇画像",
    question="这栋楼怎么样，和同类楼宇比差在哪一项，一路是怎么走来的？",
    icon="building",
    group=PLACES,
    blocks=(
        BUILDING_FINDER,
        PORTRAIT,
        BUILDING_COVERAGE,
        BUILDING_GOALS_44023,
        TYPE_RADAR,
        TYPE_INDICATORS,
        BUILDING_PEOPLE,
        BUILDING_TERMS,
        BUILDING_FACTS,
        BUILDING_HONOURS,
        BUILDING_CHRONICLE,
    ),
)
