"""The blocks of 总览, 阵地覆盖 and 指标字典, and the columns and levels that others share."""

from components import sentences
from components.block import COUNT, DAY, FLAG, RATE, Block, Column
from components.figures.bars import rate_bars
from components.figures.campus_map import campus_map
from components.figures.heatmap import floor_heatmap
from components.figures.steps import coverage_steps
from components.panels.cards import coverage_cards as cards
from components.panels.dictionary import dictionary
from components.panels.floors import floor_stack, resident_list, room_tiles
from components.panels.lists import blind_spot_list, building_list, change_list
from queries.catalog import METRICS
from queries.coverage import (
    COVERAGE,
    FLOOR_COVERAGE,
    FURTHER,
    chosen_over_time,
    coverage_cards,
    coverage_events,
)
from queries.gaps import blind_spots
from queries.marks import marked
from queries.places import (
    NOT_ON_FLOORS,
    coverage_by_building,
    coverage_by_floor,
    floors_of_building,
    residents_of_room,
    rooms_of_floor,
)
from queries.rates import named_rates

NUMERATOR = Column("numerator", "分子", COUNT)
DENOMINATOR = Column("denominator", "分母", COUNT)
VALUE = Column("value", "比率", RATE)
EXEMPT = Column("exempt", "不要求", COUNT)
ABOVE_BUILDINGS = ("", "campus", "cluster")

COVERAGE_CARDS = Block(
    key="coverage_cards",
    title="八项覆盖率",
    metric=None,
    metrics=(*COVERAGE, *FURTHER),
    query=marked(coverage_cards),
    figure=lambda df, _, __: rate_bars(df, COVERAGE),
    panel=cards,
    say=sentences.of_rates,
    columns=(
        Column("name", "指标"),
        NUMERATOR,
        DENOMINATOR,
        VALUE,
        EXEMPT,
        Column("earlier_numerator", "上学期末分子", COUNT),
        Column("earlier_denominator", "上学期末分母", COUNT),
    ),
)
BLIND_SPOTS = Block(
    key="blind_spots",
    title="覆盖盲区前 20",
    metric=None,
    metrics=tuple(m for m in COVERAGE if m.target is not None),
    query=blind_spots,
    panel=blind_spot_list,
    say=sentences.of_gaps,
    width=8,
    columns=(
        Column("place", "地点"),
        Column("metric_name", "指标"),
        Column("gap", "缺口数", COUNT),
        Column("affected", "影响数", COUNT),
        Column("since", "自", DAY),
        Column("days", "天数", COUNT),
        Column("never", "从未覆盖", FLAG),
        Column("owner", "牵头学院"),
        Column("leader", "楼宇工作组组长"),
    ),
)
RECENT_CHANGES = Block(
    key="recent_changes",
    title="本周变动",
    metric=None,
    metrics=COVERAGE[:4],
    query=coverage_events,
    panel=change_list,
    say=sentences.of_changes,
    width=4,
    columns=(
        Column("day", "日期", DAY),
        Column("kind", "变动"),
        Column("place", "地点"),
        Column("subject", "对象"),
    ),
)
CAMPUS_MAP = Block(
    key="campus_map",
    title="校园覆盖图",
    metric=None,
    query=coverage_by_building,
    figure=campus_map,
    say=sentences.of_places,
    levels=ABOVE_BUILDINGS,
    width=8,
    height=600,
    columns=(
        Column("campus", "校区"),
        Column("cluster", "楼群"),
        Column("building", "楼宇"),
        Column("owner", "牵头学院"),
        Column("residents", "居住人数", COUNT),
        NUMERATOR,
        DENOMINATOR,
        VALUE,
        EXEMPT,
    ),
)
BUILDING_LIST = Block(
    key="building_list",
    title="楼宇，缺口在前",
    metric=None,
    query=coverage_by_building,
    panel=building_list,
    say=sentences.of_places,
    levels=ABOVE_BUILDINGS,
    width=4,
    columns=CAMPUS_MAP.columns,
)
FLOOR_STACK = Block(
    key="floor_stack",
    title="楼层分布",
    metric=None,
    metrics=COVERAGE[2:],
    query=floors_of_building,
    panel=floor_stack,
    say=sentences.of_stack,
    levels=("building",),
    columns=(
        Column("floor", "楼层"),
        Column("state", "组织"),
        Column("branch", "党支部或党小组"),
        Column("leader_state", "层长"),
        Column("leader", "层长姓名"),
        Column("rooms_in_charge", "责任区内房间", COUNT),
        Column("rooms", "有人居住房间", COUNT),
        Column("plates", "已亮牌", COUNT),
        Column("member_rooms", "党员宿舍", COUNT),
        Column("residents", "居住人数", COUNT),
    ),
)
ROOM_TILES = Block(
    key="room_tiles",
    title="房间",
    metric=None,
    metrics=(COVERAGE[4], COVERAGE[6]),
    query=rooms_of_floor,
    panel=room_tiles,
    say=sentences.of_rooms,
    levels=("floor", "room"),
    columns=(
        Column("room", "房间号"),
        Column("beds", "床位数", COUNT),
        Column("residents", "居住人数", COUNT),
        Column("state", "责任区状态"),
        Column("area", "责任区"),
        Column("since", "缺口自", DAY),
        Column("members", "党员", COUNT),
        Column("roster", "党员、发展对象和积极分子", COUNT),
        Column("plate", "亮牌"),
    ),
)
ROOM_RESIDENTS = Block(
    key="room_residents",
    title="这间宿舍",
    metric=None,
    metrics=(COVERAGE[4], COVERAGE[5], COVERAGE[6]),
    query=residents_of_room,
    panel=resident_list,
    say=sentences.of_residents,
    levels=("room",),
    columns=(
        Column("student_id", "学号"),
        Column("name", "姓名"),
        Column("college", "学院"),
        Column("grade", "年级"),
        Column("political_status", "政治面貌"),
        Column("duty", "职务"),
    ),
)
FLOOR_HEATMAP = Block(
    key="floor_heatmap",
    title="楼宇 × 楼层",
    metric=None,
    query=coverage_by_floor,
    figure=floor_heatmap,
    say=sentences.of_floors,
    levels=ABOVE_BUILDINGS,
    stands_in=FLOOR_COVERAGE,
    not_here=NOT_ON_FLOORS,
    height=860,
    columns=(
        Column("cluster", "楼群"),
        Column("building", "楼宇"),
        Column("floor", "楼层"),
        NUMERATOR,
        DENOMINATOR,
        VALUE,
        EXEMPT,
        Column("since", "缺口自", DAY),
    ),
)
COVERAGE_STEPS = Block(
    key="coverage_steps",
    title="本学期走势",
    metric=None,
    query=chosen_over_time,
    figure=coverage_steps,
    say=sentences.of_steps,
    height=320,
    columns=(
        Column("day", "日期", DAY),
        NUMERATOR,
        DENOMINATOR,
        VALUE,
        Column("event", "当日变动"),
    ),
)
DICTIONARY = Block(
    key="dictionary",
    title="条款与指标",
    metric=None,
    metrics=METRICS,
    query=marked(named_rates),
    panel=dictionary,
    figure=lambda df, _, __: rate_bars(df, METRICS),
    say=sentences.of_rates,
    columns=COVERAGE_CARDS.columns,
)
