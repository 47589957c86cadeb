"""The blocks of 力量下沉: sessions by carrier and kind, buildings, months, posts, absences."""

from components import sentences_forces as sentences
from components.block import COUNT, DAY, NUMBER, WORD, Block, Column
from components.figures.forces import carrier_cells, month_cells
from components.panels.forces import (
    absence_board,
    counselor_posts,
    reach_board,
)
from components.panels.forces import (
    forces_cards as cards,
)
from pages._blocks import ABOVE_BUILDINGS
from queries import forces
from queries.forces import BUILDING_COUNSELORS, ENGAGEMENT_REACH

LEVELS = (*ABOVE_BUILDINGS, "building")
CARRIER, KIND = Column("carrier", "载体", WORD), Column("person_kind", "人员类别", WORD)
CLUSTER, BUILDING = Column("cluster", "楼群"), Column("building", "楼宇")
SESSIONS, PEOPLE = Column("sessions", "场次", COUNT), Column("attended", "参与人次", COUNT)

FORCES_CARDS = Block(
    key="forces_cards",
    title="本学期力量下沉",
    metric=ENGAGEMENT_REACH,
    query=forces.forces_cards,
    panel=cards,
    say=sentences.of_cards,
    levels=LEVELS,
    columns=(
        SESSIONS,
        PEOPLE,
        Column("counted", "有人数的场次", COUNT),
        Column("hours", "小时", NUMBER),
        Column("reached", "到过的楼宇", COUNT),
        Column("buildings", "住宿楼宇", COUNT),
        Column("persons", "来过的人", COUNT),
        Column("unnamed", "未登记人员的场次", COUNT),
        Column("earlier_sessions", "上年场次", COUNT),
        Column("earlier_attended", "上年参与人次", COUNT),
        Column("earlier_reached", "上年到过的楼宇", COUNT),
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
    width=6,
    height=360,
    columns=(CARRIER, KIND, SESSIONS, PEOPLE, Column("counted", "有人数的场次", COUNT)),
)
MONTH_CELLS = Block(
    key="month_cells",
    title="按月",
    metric=ENGAGEMENT_REACH,
    query=forces.by_month,
    figure=month_cells,
    say=sentences.of_months,
    levels=LEVELS,
    width=6,
    height=360,
    columns=(
        Column("month", "月份"),
        CARRIER,
        SESSIONS,
        Column("reached", "到过的楼宇", COUNT),
        Column("buildings", "住宿楼宇", COUNT),
    ),
)
REACH_BOARD = Block(
    key="reach_board",
    title="到过与没到过的楼宇",
    metric=ENGAGEMENT_REACH,
    query=forces.by_building,
    panel=reach_board,
    say=sentences.of_buildings,
    levels=LEVELS,
    columns=(
        CLUSTER,
        BUILDING,
        SESSIONS,
        Column("kinds", "人员类别数", COUNT),
        PEOPLE,
        Column("last", "最近一场", DAY),
        Column("days", "天数", COUNT),
    ),
)
ABSENCE_BOARD = Block(
    key="absence_board",
    title="本学期还没有来的",
    metric=ENGAGEMENT_REACH,
    query=forces.not_yet_come,
    panel=absence_board,
    say=sentences.of_absences,
    levels=LEVELS,
    columns=(
        Column("college", "学院"),
        KIND,
        SESSIONS,
        Column("last", "上次", DAY),
        Column("persons", "上学期来过", COUNT),
        Column("missing", "还没有来", COUNT),
    ),
)
COUNSELOR_POSTS = Block(
    key="counselor_posts",
    title="研究生楼宇的楼宇辅导员",
    metric=BUILDING_COUNSELORS,
    query=forces.building_counselors,
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
        Column("masters", "硕士生", COUNT),
        Column("doctors", "博士生", COUNT),
    ),
)
