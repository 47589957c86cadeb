"""阵地覆盖：党团组织覆盖到了哪栋楼、哪一层、哪间宿舍？"""

from components.page import PLACES, Page
from pages._blocks import (
    BUILDING_LIST,
    CAMPUS_MAP,
    COVERAGE_STEPS,
    FLOOR_HEATMAP,
    FLOOR_STACK,
    ROOM_RESIDENTS,
    ROOM_TILES,
)

PAGE = Page(
    path="/map",
    name="阵地覆盖",
    question="党团组织覆盖到了哪栋楼、哪一层、哪间宿舍？",
    icon="map",
    group=PLACES,
    filters=("metric",),
    blocks=(
        CAMPUS_MAP,
        BUILDING_LIST,
        FLOOR_STACK,
        ROOM_RESIDENTS,
        ROOM_TILES,
        COVERAGE_STEPS,
        FLOOR_HEATMAP,
    ),
)
