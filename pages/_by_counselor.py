"""The blocks of 辅导员 44023 by college, building and counselor, and those of the records."""

from components import sentences_work as sentences
from components.block import COUNT, NUMBER, RATE, WORD, Block, Column
from components.figures.lengths import length_bars
from components.panels.by_counselor import counselor_cards
from components.panels.by_unit import building_table, college_table
from components.panels.records import agreement_tables, record_table
from pages._blocks import ABOVE_BUILDINGS
from queries import by_building, by_college, by_counselor, visit_records
from queries.concerns import RESPONSE_IN_TIME
from queries.periods import FIELD_COVERAGE, NODE_COVERAGE, SLOT_COVERAGE
from queries.students_met import STUDENT_COVERAGE

DOWN_TO_BUILDINGS = (*ABOVE_BUILDINGS, "building")
MET = Column("numerator", "已见到", COUNT)
STUDENTS = Column("denominator", "在校学生", COUNT)
COVERAGE = Column("value", "学生覆盖率", RATE)
LOW, HIGH = Column("low", "区间下限", NUMBER), Column("high", "区间上限", NUMBER)
NORM = Column("norm", "师生比标准", COUNT)
UNMET = Column("unmet", "还没见到", COUNT)
VISITS = Column("visits", "走访次数", COUNT)
WORK = (
    Column("apartment_share", "公寓走访占比", NUMBER),
    Column("slots_made", "做到的时段", COUNT),
    Column("slots_due", "应做的时段", COUNT),
    Column("slots_share", "时段覆盖率", NUMBER),
    Column("slots_low", "时段区间下限", NUMBER),
    Column("slots_high", "时段区间上限", NUMBER),
    Column("fields_made", "两场域都到的周", COUNT),
    Column("fields_due", "应到的周", COUNT),
    Column("fields_share", "两场域覆盖率", NUMBER),
    Column("answered", "按时答复", COUNT),
    Column("answers_due", "时限已过", COUNT),
    Column("answers_share", "按时首次答复率", NUMBER),
    Column("answers_low", "答复区间下限", NUMBER),
    Column("answers_high", "答复区间上限", NUMBER),
)
INTERVALS = (
    "95% 区间按 Wilson（1927）计算。覆盖率是全数统计，不是抽样：区间说的是照这样工作下去，"
    "比率会在什么范围里变动，样本少时两个单位的差别可能只是偶然。"
)

BY_COLLEGE = Block(
    key="by_college",
    title="各学院（按所属）",
    metric=STUDENT_COVERAGE,
    metrics=(STUDENT_COVERAGE, SLOT_COVERAGE, FIELD_COVERAGE, RESPONSE_IN_TIME),
    about="学院是学生所属、辅导员所在的学院；没有学院的楼宇辅导员列在最后。每名辅导员带学生是在校学生除以"
    "名单上有这些学生的辅导员，师生比标准由学期设定。每人每周走访是已结束的教学周里，在岗整周的辅导员"
    "的走访次数除以人周。" + INTERVALS,
    query=by_college.by_college,
    panel=college_table,
    say=sentences.of_colleges,
    levels=DOWN_TO_BUILDINGS,
    columns=(
        Column("college", "学院"),
        MET,
        STUDENTS,
        COVERAGE,
        LOW,
        HIGH,
        Column("counselors", "带学生的辅导员", COUNT),
        Column("without", "没有辅导员的学生", COUNT),
        Column("per_counselor", "每名辅导员带学生", NUMBER),
        NORM,
        Column("week_visits", "已结束教学周的走访", COUNT),
        Column("weeks", "辅导员人周", COUNT),
        Column("per_week", "每人每周走访", NUMBER),
        *WORK,
    ),
)
BY_BUILDING = Block(
    key="by_building",
    title="各楼宇",
    metric=STUDENT_COVERAGE,
    metrics=(STUDENT_COVERAGE, NODE_COVERAGE),
    about="学生是当日住在楼里的在校学生；走访是本学期到过这栋楼的走访，关键节点是已经开始的节点里有走访的；"
    "走到的房间是本学期至少走到一次的房间，占台账登记的全部房间。辅导员看到的学生是自己带的，走访和房间是"
    "整栋楼的。" + INTERVALS,
    query=by_building.by_building,
    panel=building_table,
    say=sentences.of_building_rows,
    levels=DOWN_TO_BUILDINGS,
    columns=(
        Column("cluster", "楼群"),
        Column("building", "楼宇"),
        Column("owner", "牵头学院"),
        MET,
        STUDENTS,
        COVERAGE,
        LOW,
        HIGH,
        UNMET,
        VISITS,
        Column("per_hundred", "每百名学生走访", NUMBER),
        Column("nodes_done", "有走访的关键节点", COUNT),
        Column("nodes_due", "已开始的关键节点", COUNT),
        Column("nodes_share", "关键节点覆盖率", NUMBER),
        Column("reached", "走到的房间", COUNT),
        Column("rooms", "登记的房间", COUNT),
        Column("rooms_share", "走到房间的比例", NUMBER),
    ),
)
BY_COUNSELOR = Block(
    key="by_counselor",
    title="辅导员：帮助安排，不作排名",
    metric=STUDENT_COVERAGE,
    metrics=(STUDENT_COVERAGE, SLOT_COVERAGE, FIELD_COVERAGE, RESPONSE_IN_TIME),
    about="学院看本学院的辅导员，辅导员看自己；按姓名排列。带的学生是名单上的在校学生，加上聘任楼"
    "宇里住的学生，各计一次。每百名学生每周走访只算已结束的教学周；每次走访新见到的学生，是"
    "本学期已见到的学生除以走访次数，由楼宇辅导员先见到的也算在内。学生数相近是相差不超过四"
    "分之一的其他辅导员，不足 4 名不作对照。约需几次走访，是把没见到的学生住的房间按楼层分开、"
    "每次走 8 间。" + INTERVALS,
    query=by_counselor.by_counselor,
    panel=counselor_cards,
    say=sentences.of_counselors,
    levels=DOWN_TO_BUILDINGS,
    columns=(
        Column("counselor", "辅导员"),
        Column("college", "学院"),
        Column("kind", "类别", WORD),
        Column("employment", "专兼职", WORD),
        Column("buildings", "聘任楼宇"),
        Column("listed", "名单上的学生", COUNT),
        NORM,
        MET,
        Column("denominator", "带的学生", COUNT),
        COVERAGE,
        LOW,
        HIGH,
        Column("peer_median", "相近者中位", NUMBER),
        UNMET,
        Column("unmet_rooms", "所住房间", COUNT),
        Column("visits_needed", "约需走访", COUNT),
        VISITS,
        Column("minutes", "登记分钟", COUNT),
        Column("per_hundred", "每百名学生每周走访", NUMBER),
        Column("new_per_visit", "每次走访新见到", NUMBER),
        *WORK,
    ),
)
VISIT_RECORDS = Block(
    key="visit_records",
    title="走访记录的质量",
    metric=None,
    about="说的是登记习惯，不是对个人的评价。没有结束时间占全部走访；正好 30、40 分钟占起止都有的"
    "走访，邻近分钟是前后各两分钟的走访次数的平均；没有房间占公寓走访；事后批量录入占有录入"
    "时间的走访：同一辅导员在同一天录入 5 次及以上，各比走访日晚超过 7 天。按写记录的辅导员"
    "所在学院和走访的楼宇统计，辅导员和楼宇工作组看到的是自己楼宇的公寓走访。",
    query=visit_records.visit_records,
    panel=record_table,
    say=sentences.of_records,
    levels=DOWN_TO_BUILDINGS,
    width=8,
    columns=(
        Column("college", "辅导员所在学院"),
        Column("check", "检查", WORD),
        Column("numerator", "查出", COUNT),
        Column("denominator", "可查的走访", COUNT),
        Column("value", "比率", RATE),
        Column("expected", "邻近分钟的比率", NUMBER),
    ),
)
VISIT_LENGTHS = Block(
    key="visit_lengths",
    title="登记的走访时长",
    metric=None,
    about="起止时间都有的走访，按登记的分钟数；120 分钟及以上并作一格。系统预填半小时，44023 要求"
    " 40 分钟，凑整的时长会堆在一起，是登记习惯，不是对个人的评价。",
    query=visit_records.visit_lengths,
    figure=length_bars,
    say=sentences.of_lengths,
    levels=DOWN_TO_BUILDINGS,
    width=4,
    columns=(
        Column("minutes", "分钟", COUNT),
        Column("number", "走访次数", COUNT),
        Column("total", "登记了起止时间的走访", COUNT),
    ),
)
SOURCE_AGREEMENT = Block(
    key="source_agreement",
    title="几处记录是否一致",
    metric=None,
    about="比三处：公寓走访里谈话或在寝的学生，当日住的房间是不是这次走到的房间；走访登记的楼宇，是不是这些"
    "房间所在的楼宇；两名辅导员同一时间走到同一间房，各自登记了学生时，一人登记的住在这间的学生，另一人"
    "是不是也登记了——只记自己带的学生时会不一致，不等于谁记错。不能比的：没有房间的走访，没有住处的学生，"
    "课堂和实验室（没有课表），值班室来访登记（不在数据库里）；不使用门禁和人脸记录。",
    query=visit_records.source_agreement,
    panel=agreement_tables,
    say=sentences.of_agreement,
    levels=DOWN_TO_BUILDINGS,
    columns=(
        Column("source", "比什么", WORD),
        Column("by", "按", WORD),
        Column("name", "名称"),
        Column("numerator", "一致", COUNT),
        Column("denominator", "可比", COUNT),
        Column("value", "比率", RATE),
    ),
)
