"""The blocks of 力量下沉: sessions by carrier and kind, buildings, months, posts, absences."""

from components import sentences_forces as sentences
from components.block import COUNT, DAY, FLAG, NUMBER, RATE, WORD, Block, Column
from components.figures.forces import carrier_cells, month_cells
from components.panels.absence_board import absence_board
from components.panels.counselor_posts import counselor_posts
from components.panels.forces_cards import forces_cards
from components.panels.reach_board import reach_board
from pages._blocks import ABOVE_BUILDINGS
from queries import forces, forces_absences, forces_posts, forces_reach
from queries.forces import BUILDING_COUNSELOR_COVERAGE, ENGAGEMENT_REACH, ENGAGEMENT_WEEKS
from queries.forces_posts import LEVELS as DEGREES
from queries.forces_reach import BY_CARRIER

LEVELS = (*ABOVE_BUILDINGS, "building")
CARRIER, KIND = Column("carrier", "载体", WORD), Column("person_kind", "人员类别", WORD)
CLUSTER, BUILDING = Column("cluster", "楼群"), Column("building", "楼宇")
SESSIONS, PEOPLE = Column("sessions", "场次", COUNT), Column("attended", "参与人次", COUNT)
COUNTED = Column("counted", "有人数的场次", COUNT)

FORCES_CARDS = Block(
    key="forces_cards",
    title="本学期力量下沉",
    metric=ENGAGEMENT_REACH,
    metrics=(ENGAGEMENT_REACH,),
    query=forces.forces_cards,
    panel=forces_cards,
    say=sentences.of_cards,
    levels=LEVELS,
    about="场次按台账逐条计。参与人次只加有人数的场次，未统计不当作 0。来过的人按人员编号去重，"
    "没有编号的场次单独计数。对比的是上学期教学开始后同样天数的那一天。"
    "选定学院时，牵头数它牵头的楼宇里的场次，所属数它的人员参加的场次。",
    columns=(
        SESSIONS,
        PEOPLE,
        COUNTED,
        Column("hours", "登记小时", NUMBER),
        Column("reached", "到过的楼宇", COUNT),
        Column("buildings", "住宿楼宇", COUNT),
        Column("persons", "来过的人", COUNT),
        Column("unnamed", "未登记人员的场次", COUNT),
        Column("earlier_day", "对比日", DAY),
        Column("earlier_sessions", "上学期场次", COUNT),
        Column("earlier_attended", "上学期参与人次", COUNT),
        Column("earlier_reached", "上学期到过的楼宇", COUNT),
        Column("earlier_persons", "上学期来过的人", COUNT),
    ),
)
CARRIER_CELLS = Block(
    key="carrier_cells",
    title="载体 × 人员类别",
    metric=ENGAGEMENT_REACH,
    query=forces.by_carrier_and_kind,
    figure=carrier_cells,
    say=sentences.of_cells,
    levels=LEVELS,
    about="每格是一种载体与一类人员的场次和参与人次。✕ 表示本学期截至当日一场也没有；"
    "≥ 表示其中有场次未统计人数。",
    width=6,
    height=364,
    columns=(CARRIER, KIND, SESSIONS, PEOPLE, COUNTED),
)
MONTH_CELLS = Block(
    key="month_cells",
    title="按月：场次、到楼与常态化",
    metric=ENGAGEMENT_REACH,
    metrics=(ENGAGEMENT_WEEKS,),
    query=forces_reach.by_month,
    figure=month_cells,
    say=sentences.of_months,
    levels=LEVELS,
    about="最下一行是当月到过的住宿楼宇占月末前已启用楼宇的比例，右列是有活动的教学周占已结束教学周的比例。",
    width=6,
    height=364,
    columns=(
        Column("month", "月份"),
        CARRIER,
        SESSIONS,
        PEOPLE,
        COUNTED,
        Column("numerator", "当月到过的楼宇", COUNT),
        Column("denominator", "住宿楼宇", COUNT),
        Column("reach", "当月到楼率", RATE),
        Column("carrier_weeks", "有该载体活动的教学周", COUNT),
        Column("all_weeks", "有活动的教学周", COUNT),
        Column("weeks", "已结束的教学周", COUNT),
    ),
)
REACH_BOARD = Block(
    key="reach_board",
    title="到过与没到过的楼宇",
    metric=ENGAGEMENT_REACH,
    metrics=(ENGAGEMENT_REACH,),
    query=forces_reach.by_building,
    panel=reach_board,
    say=sentences.of_buildings,
    levels=LEVELS,
    columns=(
        CLUSTER,
        BUILDING,
        SESSIONS,
        *(Column(key, name, COUNT) for key, name in BY_CARRIER.items()),
        PEOPLE,
        COUNTED,
        Column("last", "最近一场", DAY),
        Column("days", "天数", COUNT),
        Column("home", "计入到楼率", FLAG),
    ),
)
ABSENCE_BOARD = Block(
    key="absence_board",
    title="本学期还没有来的",
    metric=ENGAGEMENT_REACH,
    query=forces_absences.not_yet_come,
    panel=absence_board,
    say=sentences.of_absences,
    levels=LEVELS,
    about="按人员所在学院和类别计。上次是截至当日、所有已汇总学期中最近的一天。人只数人数，不列姓名和编号；"
    "同一人换了类别或学院，合计里只算一人。",
    columns=(
        Column("college", "学院"),
        KIND,
        SESSIONS,
        Column("last", "最近一次", DAY),
        Column("persons", "上学期来过的人", COUNT),
        Column("missing", "还没有来的人", COUNT),
    ),
)
COUNSELOR_POSTS = Block(
    key="counselor_posts",
    title="研究生楼宇的楼宇辅导员",
    metric=BUILDING_COUNSELOR_COVERAGE,
    metrics=(BUILDING_COUNSELOR_COVERAGE,),
    query=forces_posts.building_counselors,
    panel=counselor_posts,
    say=sentences.of_posts,
    levels=LEVELS,
    columns=(
        CLUSTER,
        BUILDING,
        Column("kind", "居住对象", WORD),
        Column("counselors", "楼宇辅导员"),
        Column("since", "自", DAY),
        Column("number", "人数", COUNT),
        Column("residents", "住在楼里", COUNT),
        *(Column(key, name, COUNT) for key, name in DEGREES.items()),
        Column("each", "每人服务的学生", NUMBER),
        Column("norm", "师生比参考", COUNT),
    ),
)
