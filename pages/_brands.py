"""The brands of 活动品牌: their portfolio, the list with states, places without one, overlap."""

from components import sentences_brands as sentences
from components.block import COUNT, DAY, NUMBER, RATE, WORD, Block, Column
from components.figures.brands import overlap_cells, portfolio_dots
from components.panels.brand_list import brand_list, without_brand
from pages._blocks import ABOVE_BUILDINGS
from queries.brand_coverage import (
    BRAND_METRICS,
    BUILDING_BRAND_COVERAGE,
    owned_brands,
)
from queries.brand_overlap import overlap
from queries.brands import portfolio

LEVELS = (*ABOVE_BUILDINGS, "building")
BRAND, LEVEL = Column("brand", "品牌"), Column("level", "级别", WORD)
OWNER = Column("owner", "当日归属")
STATE, WHY = Column("state", "阶段", WORD), Column("why", "判断依据", WORD)
SLICE = (
    "所选范围决定列出哪些品牌：当日归属在范围内，或本学期在范围内办过活动；"
    "数字是品牌在你能看到的楼宇里的全部场次。"
)
COLUMNS = (
    BRAND,
    LEVEL,
    OWNER,
    STATE,
    WHY,
    Column("community", "社区类型", WORD),
    Column("founded", "创建日期", DAY),
    Column("closed", "停办日期", DAY),
    Column("terms", "办过的学期", COUNT),
    Column("sessions", "场次", COUNT),
    Column("recorded", "有名单的场次", COUNT),
    Column("earlier_sessions", "对比学期同周场次", COUNT),
    Column("earlier_day", "对比日", DAY),
    Column("active", "有活动的教学周", COUNT),
    Column("weeks", "已结束的教学周", COUNT),
    Column("attended", "参与人次", COUNT),
    Column("participants", "参与人数", COUNT),
    Column("again", "来过两次以上", COUNT),
    Column("colleges", "到达学院", COUNT),
    Column("mixed", "等效学院数", NUMBER),
    Column("numerator", "归属地来过的学生", COUNT),
    Column("denominator", "归属地居住学生", COUNT),
    Column("value", "归属地参与面", RATE),
    Column("answers", "反馈", COUNT),
    Column("score", "满意度", NUMBER),
    Column("score_low", "区间下限", NUMBER),
    Column("score_high", "区间上限", NUMBER),
    Column("costed", "有经费和名单的场次", COUNT),
    Column("cost", "其经费（元）", NUMBER),
    Column("cost_people", "其参与人次", COUNT),
    Column("cost_each", "每人次经费（元）", NUMBER),
)

BRAND_PORTFOLIO = Block(
    key="brand_portfolio",
    title="品牌：参与面 × 满意度",
    metric=BUILDING_BRAND_COVERAGE,
    query=portfolio,
    figure=portfolio_dots,
    say=sentences.of_portfolio,
    levels=LEVELS,
    about="一个点一个品牌，点的大小是参与人数，形状和颜色是阶段；点一下打开它的画像。"
    "横轴是当日住在归属地（楼宇、楼群；校级为各楼）的学生里来过的比例，级别不同不宜相比；纵轴是反馈的平均分。"
    + SLICE,
    height=460,
    columns=COLUMNS,
)
BRAND_LIST = Block(
    key="brand_list",
    title="品牌清单与阶段",
    metric=BUILDING_BRAND_COVERAGE,
    query=portfolio,
    panel=brand_list,
    say=sentences.of_list,
    levels=LEVELS,
    about="阶段由办过的学期数、与对比学期同一教学周的增减、常态化按固定规则判断，依据写在旁边；"
    "对比学期是上一年同一学期，没有汇总时取上一学期。归属地参与面在没有名单时未知，不当作零。"
    + SLICE,
    columns=COLUMNS,
)
BRAND_GAPS = Block(
    key="brand_gaps",
    title="哪里还没有品牌",
    metric=BUILDING_BRAND_COVERAGE,
    metrics=BRAND_METRICS,
    query=owned_brands,
    panel=without_brand,
    say=sentences.of_gaps,
    levels=LEVELS,
    about="归属按当日计：品牌换了归属，原来的楼宇或楼群当日起就没有它了。",
    columns=(
        LEVEL,
        Column("cluster", "楼群"),
        Column("building", "楼宇"),
        Column("residents", "居住人数", COUNT),
        Column("brands", "当日的品牌"),
        Column("former", "曾有的品牌"),
        Column("until", "至", DAY),
    ),
)
BRAND_OVERLAP = Block(
    key="brand_overlap",
    title="品牌之间的观众重合",
    metric=BUILDING_BRAND_COVERAGE,
    query=overlap,
    figure=overlap_cells,
    say=sentences.of_overlap,
    levels=LEVELS,
    about="每行一个品牌：本学期名单上的人（n）里，也来过各列品牌的比例。"
    "只列名单上有 5 人以上的品牌，最多 20 个，按人数从多到少；"
    "共同参与者 1–4 人的格不显示，写作 <5。点一行打开那个品牌的画像。" + SLICE,
    height=520,
    columns=(
        BRAND,
        Column("other", "也来过的品牌"),
        Column("numerator", "共同参与者", COUNT),
        Column("denominator", "参与人数", COUNT),
        Column("value", "比率", RATE),
    ),
)
