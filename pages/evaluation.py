"""考核评价：这个分数怎么来的，公平吗，证据在哪，明年还能复核吗？"""

from components.page import JUDGING, Page
from data.access.viewer import COLLEGE, COMMITTEE, EVALUATOR, STEWARD, WORK_GROUP
from pages._evaluation import RANKING, SCHEME_CHOICE, SCORE_SHEET, WATERFALL
from pages._evidence import ASSESSMENT, COMMENDATIONS, EVIDENCE, UNIT_HONOURS
from pages._seals import SEAL_DIFFERENCES, SEAL_NOW, SEALED_LINES, SEALED_RESULTS, SEALS
from pages._standing import AWARDS, DECISIONS, RANK_BANDS, RULES, STANDING, WHAT_IF

PAGE = Page(
    path="/evaluation",
    name="考核评价",
    question="这个分数怎么来的，公平吗，证据在哪，明年还能复核吗？",
    icon="clipboard-check",
    group=JUDGING,
    filters=("scheme", "period", "unit", "weights", "spread", "seal", "indicator", "find", "order"),
    roles=frozenset({COMMITTEE, COLLEGE, EVALUATOR, STEWARD, WORK_GROUP}),
    blocks=(
        *(SCHEME_CHOICE, RANKING, WATERFALL, SCORE_SHEET),
        *(ASSESSMENT, EVIDENCE, UNIT_HONOURS),
        *(STANDING, RANK_BANDS, AWARDS, DECISIONS, COMMENDATIONS, WHAT_IF, RULES),
        *(SEALS, SEALED_RESULTS, SEALED_LINES, SEAL_DIFFERENCES, SEAL_NOW),
    ),
)
