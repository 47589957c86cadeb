"""The blocks of 先锋矩阵: rosters, leads, displays, areas, leaders, studios, hierarchies."""

from components import sentences_party as sentences
from components.block import COUNT, DAY, FLAG, RATE, Block, Column
from components.figures.dots import display_dots
from components.figures.leads import lead_heatmap
from components.figures.loads import load_histogram
from components.figures.network import network
from components.figures.rosters import roster_bars
from components.panels.duties import area_list, leader_board
from components.panels.hierarchy import hierarchy
from components.panels.rosters import roster_gaps, unlisted_floors, unlisted_people
from pages._blocks import ABOVE_BUILDINGS
from queries import party_areas, party_hierarchy, party_leads, party_rosters, party_studios
from queries.coverage import (
    CLUSTER_COVERAGE,
    FIVE_LEAD,
    FLOOR_LEADER,
    IDENTITY,
    PLATE,
    ROOM_RESPONSIBILITY,
    SINGLE_LEADS,
    WORKSTATION_ENROLMENT,
)

DOWN_TO_BUILDINGS = (*ABOVE_BUILDINGS, "building")
CLUSTER = Column("cluster", "楼群")
BUILDING = Column("building", "楼宇")
ON_ROSTER = Column("numerator", "在册", COUNT)
LIVING = Column("denominator", "居住", COUNT)
GAP = Column("gap", "还差", COUNT)
LISTED = Column("value", "应纳尽纳率", RATE)

ROSTERS_BY_KIND = Block(
    key="rosters_by_kind",
    title="工作站名册与居住人员",
    metric=WORKSTATION_ENROLMENT,
    query=party_rosters.rosters_by_kind,
    figure=roster_bars,
    say=sentences.of_kinds,
    levels=DOWN_TO_BUILDINGS,
    width=4,
    columns=(Column("kind", "类别"), ON_ROSTER, LIVING, LISTED, GAP),
)
ROSTER_GAPS = Block(
    key="roster_gaps",
    title="应纳尽纳：缺口在前",
    metric=WORKSTATION_ENROLMENT,
    query=party_rosters.rosters_by_building,
    panel=roster_gaps,
    say=sentences.of_roster_gaps,
    levels=ABOVE_BUILDINGS,
    width=8,
    columns=(
        CLUSTER,
        BUILDING,
        ON_ROSTER,
        LIVING,
        LISTED,
        GAP,
        Column("gap_member", "党员还差", COUNT),
        Column("gap_probationary", "预备党员还差", COUNT),
        Column("gap_target", "发展对象还差", COUNT),
        Column("gap_activist", "积极分子还差", COUNT),
        Column("owner", "牵头学院"),
    ),
)
UNLISTED_FLOORS = Block(
    key="unlisted_floors",
    title="还没有纳入：在哪一层",
    metric=WORKSTATION_ENROLMENT,
    query=party_rosters.unlisted_by_floor,
    panel=unlisted_floors,
    say=sentences.of_unlisted_floors,
    levels=("building",),
    width=8,
    columns=(Column("floor", "楼层"), ON_ROSTER, LIVING, LISTED, GAP),
)
UNLISTED_PEOPLE = Block(
    key="unlisted_people",
    title="还没有纳入的人",
    metric=WORKSTATION_ENROLMENT,
    query=party_rosters.unlisted_people,
    panel=unlisted_people,
    say=sentences.of_unlisted_people,
    levels=("floor", "room"),
    columns=(
        Column("student_id", "学号"),
        Column("name", "姓名"),
        Column("political_status", "政治面貌"),
        Column("college", "学院"),
        Column("room", "房间号"),
        Column("since", "缺口自", DAY),
        Column("days", "天数", COUNT),
    ),
)
LEADS_BY_MONTH = Block(
    key="leads_by_month",
    title="五带头台账",
    metric=FIVE_LEAD,
    metrics=(FIVE_LEAD, *SINGLE_LEADS),
    query=party_leads.leads_by_month,
    figure=lead_heatmap,
    say=sentences.of_leads,
    levels=DOWN_TO_BUILDINGS,
    width=6,
    columns=(
        Column("lead", "带头类别"),
        Column("month", "月份"),
        Column("entries", "记录数", COUNT),
        Column("people", "本学期有记录的党员", COUNT),
        Column("members", "住在楼里的党员", COUNT),
    ),
)
DISPLAYS = Block(
    key="displays",
    title="双亮：亮牌与亮身份",
    metric=PLATE,
    metrics=(PLATE, IDENTITY),
    query=party_leads.displays_by_building,
    figure=display_dots,
    say=sentences.of_displays,
    levels=DOWN_TO_BUILDINGS,
    width=6,
    columns=(
        CLUSTER,
        BUILDING,
        Column("plates", "已亮牌", COUNT),
        Column("rooms", "党员宿舍", COUNT),
        Column("shown", "亮身份", COUNT),
        Column("members", "党员", COUNT),
    ),
)
AREA_COLUMNS = (
    CLUSTER,
    BUILDING,
    Column("area", "责任区"),
    Column("rooms", "房间", COUNT),
    Column("keepers", "责任党员", COUNT),
    Column("residents", "居住人数", COUNT),
)
AREA_LOADS = Block(
    key="area_loads",
    title="责任区负荷",
    metric=ROOM_RESPONSIBILITY,
    query=party_areas.areas_by_load,
    figure=load_histogram,
    say=sentences.of_areas,
    levels=DOWN_TO_BUILDINGS,
    width=6,
    columns=AREA_COLUMNS,
)
AREA_LIST = Block(
    key="area_list",
    title="需要调整的责任区",
    metric=ROOM_RESPONSIBILITY,
    query=party_areas.areas_by_load,
    panel=area_list,
    say=sentences.of_areas,
    levels=DOWN_TO_BUILDINGS,
    width=6,
    columns=AREA_COLUMNS,
)
LEADERS = Block(
    key="floor_leaders",
    title="党员层长：在任与空缺",
    metric=FLOOR_LEADER,
    query=party_areas.leaders_by_floor,
    panel=leader_board,
    say=sentences.of_leaders,
    levels=DOWN_TO_BUILDINGS,
    columns=(
        CLUSTER,
        BUILDING,
        Column("floor", "楼层"),
        Column("numerator", "层长在任", COUNT),
        Column("denominator", "住宿楼层", COUNT),
        Column("since", "空缺自", DAY),
        Column("days", "天数", COUNT),
        Column("never", "从未有过", FLAG),
    ),
)
STUDIOS = Block(
    key="joint_studios",
    title="党团联合工作室：学院、工作室、楼宇",
    metric=CLUSTER_COVERAGE,
    query=party_studios.studios,
    figure=network,
    say=sentences.of_studios,
    levels=DOWN_TO_BUILDINGS,
    columns=(
        Column("studio", "党团联合工作室"),
        Column("college", "学院"),
        CLUSTER,
        BUILDING,
    ),
)
HIERARCHIES = Block(
    key="hierarchies",
    title="空间与组织：两套体系，一个总数",
    metric=WORKSTATION_ENROLMENT,
    query=party_hierarchy.hierarchies,
    panel=hierarchy,
    say=sentences.of_hierarchies,
    levels=DOWN_TO_BUILDINGS,
    columns=(
        Column("side", "体系"),
        Column("name", "名称"),
        Column("floors", "楼层", COUNT),
        Column("residents", "学生", COUNT),
        Column("branches", "党支部", COUNT),
        Column("groups", "党小组", COUNT),
        Column("member", "党员", COUNT),
        Column("probationary", "预备党员", COUNT),
        Column("target", "发展对象", COUNT),
        Column("activist", "积极分子", COUNT),
        Column("elsewhere", "其中不住本楼", COUNT),
        Column("total", "四类合计", COUNT),
    ),
)
