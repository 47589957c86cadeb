"""The blocks of 趋势预警: what is more than chance, one chart of it, every series at a glance."""

from components import sentences_warnings as sentences
from components.block import COUNT, DAY, FLAG, NUMBER, WORD, Block, Column
from components.figures.control_chart import control_chart
from components.panels.series_board import series_board as board
from components.panels.warnings import warning_list
from pages._blocks import ABOVE_BUILDINGS
from queries.warnings import chart_rows, series_board, warnings

LEVELS = (*ABOVE_BUILDINGS, "building")
NAME, MEASURE = Column("name", "楼宇或学院"), Column("measure_name", "指标", WORD)
HOW = (
    "每条序列是一栋楼、一个学院或全校本学期已经结束的教学周；没有教学日的周把序列断开。"
    "楼宇和学院的数值折算成全校同周水平的倍数，开学、节假日、考试周里全校一起的起伏不算它们的变化；"
    "全校自己的起伏另有序列。全校的次数用 XmR 图，比例用 p′ 图；楼宇和学院用 u′ 图"
    "（Laney 修正：走访是一间一间走的，起伏比单纯的偶然大）。"
    "四条规则：一点超出控制限；连续 7 点单向；三点中两点接近控制限；连续 7 点在中线同侧。"
    "不足 12 周的控制限是暂定的，不足 5 周不判断；平均每周不足 8 次、不足 20 人的序列不判断。"
    "偶然会有多少条预警，按同样长的随机序列模拟得出。"
)
WARNINGS = Block(
    key="warnings",
    title="预警",
    metric=None,
    about=HOW,
    query=warnings,
    panel=warning_list,
    say=sentences.of_warnings,
    levels=LEVELS,
    width=12,
    columns=(
        NAME,
        MEASURE,
        Column("rule_name", "规则", WORD),
        Column("first_week", "起始周", COUNT),
        Column("last_week", "最近周", COUNT),
        Column("since", "自", DAY),
        Column("raw", "这几周平均", NUMBER),
        Column("level", "全校同周", NUMBER),
        Column("value", "数值", NUMBER),
        Column("centre", "中线", NUMBER),
        Column("points", "周数", COUNT),
        Column("provisional", "暂定", FLAG),
        Column("state_name", "状态", WORD),
        Column("note", "说明"),
        Column("author", "登记人"),
        Column("at", "登记时间"),
    ),
)
CONTROL_CHART = Block(
    key="control_chart",
    title="控制图",
    metric=None,
    about=HOW,
    query=chart_rows,
    figure=control_chart,
    say=sentences.of_chart,
    levels=LEVELS,
    height=400,
    columns=(
        NAME,
        MEASURE,
        Column("week", "教学周", COUNT),
        Column("starts", "起始日", DAY),
        Column("part", "分子", COUNT),
        Column("whole", "分母", COUNT),
        Column("raw", "当周", NUMBER),
        Column("level", "全校同周", NUMBER),
        Column("value", "数值", NUMBER),
        Column("centre", "中线", NUMBER),
        Column("lower", "下限", NUMBER),
        Column("upper", "上限", NUMBER),
        Column("rule_name", "规则", WORD),
    ),
)
SERIES_BOARD = Block(
    key="series_board",
    title="全部序列",
    metric=None,
    about=HOW,
    query=series_board,
    panel=board,
    say=sentences.of_board,
    levels=LEVELS,
    columns=(
        NAME,
        MEASURE,
        Column("weeks", "周数", COUNT),
        Column("latest", "最近一周", NUMBER),
        Column("centre", "中线", NUMBER),
        Column("signals", "预警", COUNT),
        Column("judged", "作判断", FLAG),
    ),
)
