"""The blocks of 六型社区, shared by the overview and the portrait: scores, and what they hold."""

from components import sentences_types as sentences
from components.block import COUNT, DAY, NUMBER, WORD, Block, Column
from components.figures.radar import type_radar
from components.panels.community_types import type_indicators
from pages._blocks import DENOMINATOR, NUMERATOR, VALUE
from queries.activities import SIX_TYPES_COVERAGE
from queries.community_types import community_types

ABOUT = (
    "每型的得分是它的各项指标比率的简单平均 × 100；没有数值的指标不参加平均。"
    "学校文件只列出六型的名称，没有规定指标和权重：哪些指标归哪一型是本系统的提议，全部列出，供讨论。"
    "没有登记社区类型的活动按所属品牌的类型计。对比的是上年同一教学周。"
)
COLUMNS = (
    Column("type", "社区类型", WORD),
    Column("score", "得分", NUMBER),
    Column("name", "指标", WORD),
    NUMERATOR,
    DENOMINATOR,
    VALUE,
    Column("earlier_score", "上年得分", NUMBER),
    Column("earlier_numerator", "上年分子", COUNT),
    Column("earlier_denominator", "上年分母", COUNT),
    Column("earlier_day", "对比日", DAY),
)
TYPE_RADAR = Block(
    key="type_radar",
    title="六型社区",
    metric=SIX_TYPES_COVERAGE,
    metrics=(SIX_TYPES_COVERAGE,),
    query=community_types,
    figure=type_radar,
    say=sentences.of_radar,
    about=ABOUT,
    width=4,
    height=430,
    columns=COLUMNS,
)
TYPE_INDICATORS = Block(
    key="type_indicators",
    title="六型的指标",
    metric=SIX_TYPES_COVERAGE,
    metrics=(SIX_TYPES_COVERAGE,),
    query=community_types,
    panel=type_indicators,
    say=sentences.of_indicators,
    about=ABOUT,
    width=8,
    columns=COLUMNS,
)
