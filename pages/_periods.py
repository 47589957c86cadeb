"""The blocks of 辅导员 44023 for ②: four periods a week, two fields, key dates, the calendar."""

from components import sentences_periods as sentences
from components.block import COUNT, DAY, RATE, WORD, Block, Column
from components.figures.field_bars import field_bars
from components.figures.node_matrix import node_matrix
from components.figures.period_heatmap import period_heatmap
from components.panels.key_dates import key_date_list
from components.panels.term_calendar import WEEKDAYS, calendar
from pages._blocks import ABOVE_BUILDINGS
from queries.key_dates import key_dates, node_pairs
from queries.period_weeks import fields_by_week, period_weeks
from queries.periods import FIELD_COVERAGE, NODE_COVERAGE, SLOT_COVERAGE
from queries.term_calendar import DAYS, term_calendar

DOWN_TO_BUILDINGS = (*ABOVE_BUILDINGS, "building")
WEEK = Column("week", "教学周", COUNT)
BEGINS = Column("starts", "开始日期", DAY)
STATE = Column("state", "状态", WORD)

PERIOD_HEATMAP = Block(
    key="period_heatmap",
    title="② 四时段：每周做到的辅导员",
    metric=SLOT_COVERAGE,
    metrics=(SLOT_COVERAGE,),
    query=period_weeks,
    figure=period_heatmap,
    say=sentences.of_periods,
    height=330,
    columns=(
        WEEK,
        BEGINS,
        STATE,
        Column("period", "时段", WORD),
        Column("hours", "起止"),
        Column("made", "做到的辅导员", COUNT),
        Column("due", "应做到的辅导员", COUNT),
        Column("value", "时段覆盖率", RATE),
        Column("visits", "走访次数", COUNT),
        Column("long", "满时长的走访", COUNT),
    ),
)
FIELDS_BY_WEEK = Block(
    key="fields_by_week",
    title="两场域：公寓、课堂或实验室",
    metric=FIELD_COVERAGE,
    metrics=(FIELD_COVERAGE,),
    query=fields_by_week,
    figure=field_bars,
    say=sentences.of_fields,
    width=6,
    height=470,
    columns=(
        WEEK,
        BEGINS,
        STATE,
        Column("both", "两场域都到", COUNT),
        Column("apartment", "只到公寓", COUNT),
        Column("elsewhere", "只到课堂或实验室", COUNT),
        Column("neither", "都没到", COUNT),
        Column("due", "带学生的辅导员", COUNT),
        Column("value", "两场域覆盖率", RATE),
    ),
)
NODE_LIST = Block(
    key="node_list",
    title="关键节点",
    metric=NODE_COVERAGE,
    metrics=(NODE_COVERAGE,),
    query=key_dates,
    panel=key_date_list,
    say=sentences.of_key_dates,
    levels=DOWN_TO_BUILDINGS,
    width=6,
    columns=(
        Column("node", "关键节点"),
        Column("kind", "节点类别", WORD),
        BEGINS,
        Column("ends", "结束日期", DAY),
        STATE,
        Column("left", "还有几天", COUNT),
        Column("numerator", "已走访的楼宇", COUNT),
        Column("denominator", "应走访的楼宇", COUNT),
        Column("value", "关键节点覆盖率", RATE),
        Column("buildings", "窗口内在用的楼宇", COUNT),
        Column("quiet", "近 14 天没有走访的楼宇", COUNT),
        Column("names", "还没到的楼宇"),
    ),
)
NODE_MATRIX = Block(
    key="node_matrix",
    title="楼宇 × 关键节点",
    metric=NODE_COVERAGE,
    metrics=(NODE_COVERAGE,),
    query=node_pairs,
    figure=node_matrix,
    say=sentences.of_matrix,
    levels=ABOVE_BUILDINGS,
    height=360,
    columns=(
        Column("node", "关键节点"),
        BEGINS,
        Column("ends", "结束日期", DAY),
        Column("cluster", "楼群"),
        Column("building", "楼宇"),
        STATE,
        Column("first_visit", "首次走访", DAY),
    ),
)
TERM_CALENDAR = Block(
    key="term_calendar",
    title="学期日历：教学周、关键节点、到楼走访",
    metric=NODE_COVERAGE,
    metrics=(NODE_COVERAGE,),
    about="每天的数字是到所选范围内住宿楼宇的走访次数，不论哪位辅导员、走访多久；"
    "选定学院（所属）、辅导员或培养层次时，是他们的学生所住楼宇的走访次数。",
    query=term_calendar,
    panel=calendar,
    say=sentences.of_calendar,
    levels=DOWN_TO_BUILDINGS,
    columns=(
        WEEK,
        BEGINS,
        STATE,
        *(Column(key, name, COUNT) for key, name in zip(DAYS, WEEKDAYS, strict=True)),
        Column("visits", "到楼走访", COUNT),
        Column("holidays", "节假日"),
        Column("windows", "关键节点"),
    ),
)
