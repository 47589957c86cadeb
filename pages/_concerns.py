"""The blocks of goal ③ of 辅导员 44023: concerns from raised to confirmed, and key groups."""

from components import sentences_concerns as sentences
from components.block import COUNT, DAY, NUMBER, RATE, WORD, Block, Column
from components.figures.ages import age_bars
from components.figures.funnel import step_bars
from components.panels.concerns import category_table, overdue_list
from components.panels.key_groups import key_group_tables
from pages._blocks import ABOVE_BUILDINGS
from queries.concern_progress import concern_ages, concern_funnel, concerns_by_category
from queries.concerns import CLOSED_LOOP, RESPONSE_IN_TIME
from queries.key_groups import KEY_GROUP_CONTACT, key_groups
from queries.overdue import overdue_concerns

DOWN_TO_BUILDINGS = (*ABOVE_BUILDINGS, "building")
CATEGORY = Column("category", "问题类别", WORD)

CONCERN_FUNNEL = Block(
    key="concern_funnel",
    title="关切问题走到哪一步",
    metric=CLOSED_LOOP,
    metrics=(CLOSED_LOOP,),
    query=concern_funnel,
    figure=step_bars,
    say=sentences.of_funnel,
    levels=DOWN_TO_BUILDINGS,
    width=6,
    columns=(
        Column("stage", "步骤", WORD),
        Column("numerator", "走到的问题", COUNT),
        Column("denominator", "本学期提出", COUNT),
        Column("value", "占提出", RATE),
        Column("of_before", "占上一步（%）", NUMBER),
        Column("days", "自提出的中位天数", NUMBER),
        Column("carried", "以前学期遗留", COUNT),
    ),
)
CONCERNS_BY_CATEGORY = Block(
    key="concerns_by_category",
    title="各类问题：答复、解决、闭环",
    metric=RESPONSE_IN_TIME,
    metrics=(RESPONSE_IN_TIME, CLOSED_LOOP),
    query=concerns_by_category,
    panel=category_table,
    say=sentences.of_categories,
    levels=DOWN_TO_BUILDINGS,
    columns=(
        CATEGORY,
        Column("raised", "本学期提出", COUNT),
        Column("numerator", "按时首次答复", COUNT),
        Column("denominator", "时限已过", COUNT),
        Column("value", "按时首次答复率", RATE),
        Column("closed", "已闭环", COUNT),
        Column("unresolved", "还没解决", COUNT),
        Column("answered", "已首次答复", COUNT),
        Column("answer_median", "首次答复中位天数", NUMBER),
        Column("answer_most", "首次答复九成天数", COUNT),
        Column("solved", "已解决", COUNT),
        Column("solution_median", "解决中位天数", NUMBER),
        Column("solution_most", "解决九成天数", COUNT),
    ),
)
CONCERN_AGES = Block(
    key="concern_ages",
    title="没有闭环的问题放了多久",
    metric=CLOSED_LOOP,
    metrics=(CLOSED_LOOP,),
    query=concern_ages,
    figure=age_bars,
    say=sentences.of_ages,
    levels=DOWN_TO_BUILDINGS,
    width=6,
    columns=(
        Column("age", "提出至今", WORD),
        Column("unassigned", "未受理", COUNT),
        Column("unanswered", "已受理未答复", COUNT),
        Column("unresolved", "已答复未解决", COUNT),
        Column("unconfirmed", "已解决未确认", COUNT),
        Column("total", "合计", COUNT),
        Column("carried", "其中以前学期遗留", COUNT),
    ),
)
OVERDUE_CONCERNS = Block(
    key="overdue_concerns",
    title="过了时限还没有答复的问题",
    metric=RESPONSE_IN_TIME,
    metrics=(RESPONSE_IN_TIME,),
    query=overdue_concerns,
    panel=overdue_list,
    say=sentences.of_overdue,
    levels=DOWN_TO_BUILDINGS,
    columns=(
        Column("concern_id", "问题编号"),
        CATEGORY,
        Column("building", "楼宇"),
        Column("college", "学院"),
        Column("counselor", "承办辅导员"),
        Column("raised", "提出日期", DAY),
        Column("limit_day", "答复时限末日", DAY),
        Column("working_days", "超过工作日", COUNT),
        Column("days", "超过日历日", COUNT),
        Column("number", "问题数", COUNT),
    ),
)
KEY_GROUPS = Block(
    key="key_groups",
    title="重点群体联系",
    metric=KEY_GROUP_CONTACT,
    metrics=(KEY_GROUP_CONTACT,),
    query=key_groups,
    panel=key_group_tables,
    say=sentences.of_key_groups,
    columns=(
        Column("section", "口径", WORD),
        Column("name", "名称", WORD),
        Column("total", "登记人数"),
        Column("met", "已联系"),
        Column("unmet", "还没联系"),
        Column("rate", "联系率"),
    ),
)
