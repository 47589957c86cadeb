"""总览：哪里还没覆盖，多久了，谁负责？"""

from components.page import Page
from pages._blocks import BLIND_SPOTS, COVERAGE_CARDS, RECENT_CHANGES
from pages._community_types import TYPE_INDICATORS, TYPE_RADAR
from pages._students_met import GOAL_CARDS

PAGE = Page(
    path="/",
    name="总览",
    question="哪里还没覆盖，多久了，谁负责？",
    icon="speedometer2",
    blocks=(
        COVERAGE_CARDS,
        GOAL_CARDS,
        BLIND_SPOTS,
        RECENT_CHANGES,
        TYPE_RADAR,
        TYPE_INDICATORS,
    ),
)
