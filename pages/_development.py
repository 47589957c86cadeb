"""The blocks of 发展支持: spaces by function, culture features, pilot buildings, requests."""

from components import sentences_development as sentences
from components.block import COUNT, DAY, NUMBER, RATE, WORD, Block, Column
from components.figures.pilots import pilot_change
from components.panels.development_cards import development_cards
from components.panels.request_channels import request_channels
from components.panels.space_board import culture_board, space_board
from pages._blocks import ABOVE_BUILDINGS, DENOMINATOR, NUMERATOR, VALUE
from queries import development, pilots, service_requests, spaces
from queries.development import DEVELOPMENT
from queries.marks import marked
from queries.service_requests import REQUESTS_FINISHED
from queries.spaces import CULTURE_COVERAGE, FUNCTION_COVERAGE

LEVELS = (*ABOVE_BUILDINGS, "building")
CLUSTER, BUILDING = Column("cluster", "楼群"), Column("building", "楼宇")
LACKING = Column("lacking", "缺几项", COUNT)

DEVELOPMENT_CARDS = Block(
    key="development_cards",
    title="空间、文化与服务",
    metric=FUNCTION_COVERAGE,
    metrics=DEVELOPMENT,
    query=marked(development.development_rates),
    panel=development_cards,
    say=sentences.of_cards,
    levels=LEVELS,
    columns=(Column("name", "指标", WORD), NUMERATOR, DENOMINATOR, VALUE),
)
SPACE_FUNCTIONS = Block(
    key="space_functions",
    title="五项功能 × 楼宇",
    metric=FUNCTION_COVERAGE,
    metrics=(FUNCTION_COVERAGE,),
    query=spaces.by_function,
    panel=space_board,
    say=sentences.of_functions,
    levels=LEVELS,
    about="每格是一栋楼一项功能当日在用的公共空间：上行是每百名居住学生的面积，下行是每百名的座位。"
    "✕ 表示一处也没有；未登记的面积和座位不当作 0，≥ 表示另有空间未登记。停用当日仍算在用。",
    columns=(
        CLUSTER,
        BUILDING,
        Column("residents", "居住人数", COUNT),
        LACKING,
        Column("function", "功能", WORD),
        Column("spaces", "空间", COUNT),
        Column("area", "面积（㎡）", NUMBER),
        Column("area_known", "登记了面积的空间", COUNT),
        Column("area_each", "每百人面积（㎡）", NUMBER),
        Column("seats", "座位", COUNT),
        Column("seats_known", "登记了座位的空间", COUNT),
        Column("seats_each", "每百人座位", NUMBER),
    ),
)
CULTURE_FEATURES = Block(
    key="culture_features",
    title="文化设施 × 楼宇",
    metric=CULTURE_COVERAGE,
    metrics=(CULTURE_COVERAGE,),
    query=spaces.by_culture,
    panel=culture_board,
    say=sentences.of_culture,
    levels=LEVELS,
    about="截至当日建成的党建墙、文化墙、文化走廊；没有登记建成日期的，算作一直都有。",
    width=6,
    columns=(
        CLUSTER,
        BUILDING,
        LACKING,
        Column("kind", "类别", WORD),
        Column("features", "处数", COUNT),
        Column("since", "最早建成", DAY),
    ),
)
PILOT_BUILDINGS = Block(
    key="pilot_buildings",
    title="试点楼宇升级前后",
    metric=FUNCTION_COVERAGE,
    query=pilots.pilot_buildings,
    figure=pilot_change,
    say=sentences.of_pilots,
    levels=LEVELS,
    about="升级前是升级完成的前一日。同类是居住对象相同、当日还不是试点的在用住宿楼宇，取中位数，"
    "不足四栋不列。升级前在假期的，居住人数取上一学期最后一天；那个学期没有汇总的，每百人面积无法计算。",
    width=6,
    columns=(
        CLUSTER,
        BUILDING,
        Column("kind", "居住对象", WORD),
        Column("upgraded", "试点升级", DAY),
        Column("days", "天数", COUNT),
        Column("before_functions", "升级前功能", COUNT),
        Column("now_functions", "现在功能", COUNT),
        Column("before_area", "升级前面积（㎡）", NUMBER),
        Column("now_area", "现在面积（㎡）", NUMBER),
        Column("before_unknown", "升级前未登记面积的空间", COUNT),
        Column("now_unknown", "现在未登记面积的空间", COUNT),
        Column("lived_day", "升级前居住人数取自", DAY),
        Column("before_each", "升级前每百人面积（㎡）", NUMBER),
        Column("now_each", "现在每百人面积（㎡）", NUMBER),
        Column("peers", "同类非试点楼宇", COUNT),
        Column("before_peers_functions", "升级前同类功能中位数", NUMBER),
        Column("now_peers_functions", "现在同类功能中位数", NUMBER),
        Column("before_peers_each", "升级前同类每百人面积（㎡）", NUMBER),
        Column("now_peers_each", "现在同类每百人面积（㎡）", NUMBER),
    ),
)
REQUEST_CHANNELS = Block(
    key="request_channels",
    title="各渠道服务办理",
    metric=REQUESTS_FINISHED,
    metrics=(REQUESTS_FINISHED,),
    query=service_requests.by_channel,
    panel=request_channels,
    say=sentences.of_requests,
    levels=LEVELS,
    about="本学期截至当日提交的办件；当日以后才办结的，当日算未办结。用时从提交到办结，按小时；"
    "办结早于提交的只计件数，不计用时。90% 分位数只在 10 件以上时给出。评分是办结且已评价的平均分，"
    "未评价的不计。不写明楼宇的办件是未归属，计入全校合计；选定校区、楼群、楼宇或学院后不在其中。",
    columns=(
        Column("channel", "渠道", WORD),
        Column("denominator", "提交", COUNT),
        Column("unplaced", "其中未归属", COUNT),
        Column("numerator", "办结", COUNT),
        Column("rate", "办结率", RATE),
        Column("timed", "有用时的办件", COUNT),
        Column("median", "办结用时中位数（小时）", NUMBER),
        Column("p90", "用时 90% 分位数（小时）", NUMBER),
        Column("rated", "已评价", COUNT),
        Column("rating", "平均评分", NUMBER),
        Column("backlog", "未办结", COUNT),
        Column("oldest", "未办结最久（天）", COUNT),
    ),
)
