"""趋势预警：哪里的变化不只是偶然，从什么时候开始，先看什么？"""

from components.page import PEOPLE, Page
from pages._warnings import CONTROL_CHART, SERIES_BOARD, WARNINGS

PAGE = Page(
    path="/warnings",
    name="趋势预警",
    question="哪里的变化不只是偶然，从什么时候开始，先看什么？",
    icon="activity",
    group=PEOPLE,
    blocks=(WARNINGS, CONTROL_CHART, SERIES_BOARD),
)
