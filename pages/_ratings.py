"""The blocks of 人工评分: how far the round is, what waits, every item, the form of one."""

from components import sentences_ratings as sentences
from components.block import COUNT, FLAG, NUMBER, RATE, WORD, Block, Column
from components.panels import rating_board as board
from components.panels.rating_form import rating_form as form
from queries import rating_form, rating_items

HOW = (
    "每项由方案规定的人数评分（一般两位）。相差不超过方案规定的分数，取平均；两位相差更大，暂不出分，"
    "请第三人评分，取最接近的两个的平均（一样近的取中位数），或由党工委商议后登记结论，结论优先。"
    "方案给各类评分人定了权重的，先在同类里算，再按权重合成。台账里的评分按学期算，几个学期取平均；"
    "在本页给的评分算整个周期；同一评分人以较晚的为准。评分只增不改，更改前后都留有记录。"
)
UNIT, GROUP = Column("unit", "单位"), Column("peer_group", "同类组", WORD)
INDICATOR, STATE = Column("indicator_name", "人工指标", WORD), Column("state_name", "状态", WORD)
GIVEN, RATERS = Column("given", "评分人数", COUNT), Column("raters", "要求人数", COUNT)
MINE = Column("mine", "你已评过", FLAG)

RATING_PROGRESS = Block(
    key="rating_progress",
    title="评分进度",
    metric=None,
    about=HOW,
    query=rating_items.rating_progress,
    panel=board.rating_progress,
    say=sentences.of_progress,
    width=6,
    columns=(
        Column("part", "范围", WORD),
        Column("name", "名称", WORD),
        Column("numerator", "收到评分", COUNT),
        Column("denominator", "应收评分", COUNT),
        Column("rate", "回收率", RATE),
        Column("apart", "有分歧", COUNT),
        Column("short", "还缺人", COUNT),
        Column("none", "未评", COUNT),
        Column("done", "已完成", COUNT),
        Column("agreed", "已商定", COUNT),
    ),
)
RATING_WAITING = Block(
    key="rating_waiting",
    title="等第三人或商议",
    metric=None,
    about=HOW,
    query=rating_items.rating_waiting,
    panel=board.rating_waiting,
    say=sentences.of_waiting,
    personal=True,
    width=6,
    columns=(
        UNIT,
        GROUP,
        INDICATOR,
        STATE,
        Column("gap", "相差（分）", NUMBER),
        GIVEN,
        RATERS,
        MINE,
    ),
)
RATING_MATRIX = Block(
    key="rating_matrix",
    title="评分总表",
    metric=None,
    about=HOW,
    query=rating_items.rating_states,
    panel=board.rating_matrix,
    say=sentences.of_matrix,
    personal=True,
    columns=(UNIT, GROUP, INDICATOR, STATE, GIVEN, RATERS, MINE),
)
RATING_FORM = Block(
    key="rating_form",
    title="评分表",
    metric=None,
    about=HOW,
    query=rating_form.rating_form,
    panel=form,
    say=sentences.of_form,
    personal=True,
    columns=(
        UNIT,
        INDICATOR,
        STATE,
        GIVEN,
        RATERS,
        Column("value", "结果", NUMBER),
        Column("rater", "评分人"),
        Column("group", "评分人类别", WORD),
        Column("before", "原分", NUMBER),
        Column("score", "现分", NUMBER),
        Column("level", "档次", WORD),
        Column("evidence", "依据"),
        Column("link", "链接"),
        Column("at", "时间"),
        Column("origin", "来源", WORD),
    ),
)
