"""人工评分：哪些项目还没评、评得一致吗，依据是什么？"""

from components.page import JUDGING, Page
from data.access.viewer import COMMITTEE, EVALUATOR
from pages._ratings import RATING_FORM, RATING_MATRIX, RATING_PROGRESS, RATING_WAITING

PAGE = Page(
    path="/ratings",
    name="人工评分",
    question="哪些项目还没评、评得一致吗，依据是什么？",
    icon="pencil-square",
    group=JUDGING,
    filters=("scheme", "period", "unit", "indicator"),
    roles=frozenset({COMMITTEE, EVALUATOR}),
    blocks=(RATING_PROGRESS, RATING_WAITING, RATING_MATRIX, RATING_FORM),
)
