"""对比：我们和别人比，公平地比，差在哪一项，该去问谁？"""

from components.page import EVERYONE, JUDGING, Page
from data.access.viewer import COUNSELOR
from pages._compare import (
    COMPARE_BEST,
    COMPARE_CHANGE,
    COMPARE_CHOOSER,
    COMPARE_FUNNEL,
    COMPARE_GAPS,
    COMPARE_MEASURES,
    COMPARE_PROFILES,
    COMPARE_SHRUNKEN,
)

PAGE = Page(
    path="/compare",
    name="对比",
    question="我们和别人比，公平地比，差在哪一项，该去问谁？",
    icon="bar-chart-steps",
    group=JUDGING,
    roles=EVERYONE - {COUNSELOR},
    filters=("compare_as", "units", "measures", "funnel", "against"),
    blocks=(
        COMPARE_CHOOSER,
        COMPARE_MEASURES,
        COMPARE_GAPS,
        COMPARE_BEST,
        COMPARE_FUNNEL,
        COMPARE_SHRUNKEN,
        COMPARE_PROFILES,
        COMPARE_CHANGE,
    ),
)
