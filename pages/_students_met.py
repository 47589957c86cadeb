"""The blocks of 辅导员 44023 above all: the three goals, and ① who was met and who was not."""

from functools import partial

from components import sentences_met as sentences
from components.block import COUNT, DAY, NUMBER, RATE, WORD, Block, Column
from components.figures.campus_map import campus_map
from components.figures.met_curve import met_curve as curve
from components.figures.palette import MET_SHADES
from components.figures.people_bars import span_bars, way_bars
from components.panels.goal_cards import goal_cards
from components.panels.goals import goal_columns
from components.panels.unmet import unmet_buildings, unmet_names
from pages._blocks import ABOVE_BUILDINGS
from queries.goals import goals
from queries.marks import marked
from queries.met_curve import met_curve
from queries.rates import GOALS
from queries.students_met import STUDENT_COVERAGE, STUDENT_COVERAGE_ANY, ways_met
from queries.unmet import buildings_on_map, last_contacts, met_by_building, unmet_students

MET = Column("numerator", "已见到", COUNT)
ENROLLED = Column("denominator", "在校学生", COUNT)
COVERAGE = Column("value", "学生覆盖率", RATE)
UNMET = Column("unmet", "还没见到", COUNT)

THREE_GOALS = Block(
    key="three_goals",
    title="三个全覆盖",
    metric=None,
    metrics=GOALS,
    about="时段起止、每次时长、答复时限和各项目标按学期设定（44023 工作设定台账），"
    "文件只定下四时段、40 分钟、两场域和三个全覆盖。进度线是目标 × 已过教学日的比例。"
    "学期末预计：学生覆盖率按最近四个教学周里未见到的学生每周被见到的比例推算，"
    "其余按最近四周的平均水平推算；范围取四周里最慢和最快的一周。",
    query=marked(goals),
    panel=goal_columns,
    say=sentences.of_goals,
    columns=(
        Column("goal", "目标", WORD),
        Column("name", "指标", WORD),
        Column("numerator", "分子", COUNT),
        Column("denominator", "分母", COUNT),
        Column("value", "比率", RATE),
        Column("exempt", "不计入", COUNT),
        Column("target", "目标值", NUMBER),
        Column("pace", "今日应到", NUMBER),
        Column("earlier_numerator", "上年分子", COUNT),
        Column("earlier_denominator", "上年分母", COUNT),
        Column("earlier_day", "上年日期", DAY),
        Column("low", "预计下限", NUMBER),
        Column("projected", "学期末预计", NUMBER),
        Column("high", "预计上限", NUMBER),
    ),
)
GOAL_CARDS = Block(
    key="goal_cards",
    title="44023：三个全覆盖",
    metric=None,
    metrics=GOALS,
    about=THREE_GOALS.about,
    query=THREE_GOALS.query,
    panel=goal_cards,
    say=sentences.of_goals,
    columns=THREE_GOALS.columns,
)
MET_CURVE = Block(
    key="met_curve",
    title="① 见到的学生：进度与预计",
    metric=STUDENT_COVERAGE,
    metrics=(STUDENT_COVERAGE, STUDENT_COVERAGE_ANY),
    query=met_curve,
    figure=curve,
    say=sentences.of_curve,
    width=8,
    height=440,
    columns=(
        Column("day", "日期", DAY),
        Column("week", "教学周", COUNT),
        MET,
        Column("anyone", "任一辅导员见到", COUNT),
        ENROLLED,
        COVERAGE,
        Column("pace", "进度线", NUMBER),
        Column("earlier_numerator", "上年已见到", COUNT),
        Column("earlier_denominator", "上年在校学生", COUNT),
        Column("low", "预计下限", NUMBER),
        Column("projected", "学期末预计", NUMBER),
        Column("high", "预计上限", NUMBER),
    ),
)
WAYS_MET = Block(
    key="ways_met",
    title="怎样见到",
    metric=STUDENT_COVERAGE,
    query=ways_met,
    figure=way_bars,
    say=sentences.of_ways,
    width=4,
    height=440,
    columns=(Column("way", "方式", WORD), MET, ENROLLED, Column("value", "比率", RATE)),
)
UNMET_MAP = Block(
    key="unmet_map",
    title="还没见到的学生在哪里",
    metric=STUDENT_COVERAGE,
    query=buildings_on_map,
    figure=partial(campus_map, scale=MET_SHADES),
    say=sentences.of_map,
    levels=ABOVE_BUILDINGS,
    width=8,
    height=560,
    columns=(
        Column("campus", "校区"),
        Column("cluster", "楼群"),
        Column("building", "楼宇"),
        Column("owner", "牵头学院"),
        MET,
        ENROLLED,
        COVERAGE,
        UNMET,
    ),
)
UNMET_BUILDINGS = Block(
    key="unmet_buildings",
    title="楼宇，未见到的比例在前",
    metric=STUDENT_COVERAGE,
    query=met_by_building,
    panel=unmet_buildings,
    say=sentences.of_buildings,
    levels=ABOVE_BUILDINGS,
    width=4,
    columns=(Column("cluster", "楼群"), Column("building", "楼宇"), MET, ENROLLED, COVERAGE, UNMET),
)
LAST_CONTACTS = Block(
    key="last_contacts",
    title="距上次见到多久",
    metric=STUDENT_COVERAGE,
    query=last_contacts,
    figure=span_bars,
    say=sentences.of_spans,
    width=6,
    height=360,
    columns=(
        Column("span", "距上次见到", WORD),
        Column("number", "学生", COUNT),
        Column("total", "在校学生", COUNT),
    ),
)
UNMET_STUDENTS = Block(
    key="unmet_students",
    title="还没见到的学生",
    metric=STUDENT_COVERAGE,
    query=unmet_students,
    panel=unmet_names,
    say=sentences.of_names,
    width=6,
    columns=(
        Column("student_id", "学号"),
        Column("name", "姓名"),
        Column("college", "学院"),
        Column("class_name", "班级"),
        Column("counselor", "辅导员"),
        Column("building", "楼宇"),
        Column("floor", "楼层"),
        Column("room", "房间号"),
        Column("reached", "到过房间", DAY),
        Column("last", "上次见到", DAY),
        Column("days", "天数", COUNT),
    ),
)
