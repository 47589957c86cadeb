"""智能推荐：下周去哪里，能见到最多还没见到的学生？"""

from components.page import PEOPLE, Page
from pages._worklist import WORKLIST

PAGE = Page(
    path="/worklist",
    name="智能推荐",
    question="下周去哪里，能见到最多还没见到的学生？",
    icon="signpost-split",
    group=PEOPLE,
    filters=("counselor", "degree"),
    blocks=(WORKLIST,),
)
