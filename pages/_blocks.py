"""Every block on every page: a question, its query, and how it is drawn."""

from components import portrait_words, sentences
from components.block import COUNT, DAY, FLAG, NUMBER, RATE, WORD, Block, Column
from components.figures.bars import rate_bars
from components.figures.campus_map import campus_map
from components.figures.heatmap import floor_heatmap
from components.figures.steps import coverage_steps
from components.panels.cards import coverage_cards as cards
from components.panels.chronicle import chronicle_words, time_line
from components.panels.dictionary import dictionary
from components.panels.finder import building_finder, finder_words
from components.panels.floors import floor_stack, resident_list, room_tiles
from components.panels.lists import blind_spot_list, building_list, change_list
from components.panels.portrait import coverage_rows, fact_sections, people, portrait_head
from components.panels.quality import fault_list, finding_list, freshness_list
from components.panels.terms import term_charts
from queries.called import buildings_to_find
from queries.catalog import METRICS
from queries.chronicle import chronicle
from queries.coverage import (
    COVERAGE,
    FLOOR_COVERAGE,
    FURTHER,
    chosen_over_time,
    coverage_cards,
    coverage_events,
    named_rates,
)
from queries.facts import BY_FACT, FACTS, HEADLINES, TRENDS
from queries.faults import quality_rows
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
from queries.portrait import (
    FOLLOWED,
    portrait,
    portrait_coverage,
    portrait_facts,
    portrait_people,
    portrait_terms,
)
from queries.quality import ledger_freshness, quality_findings

NUMERATOR = Column("numerator", "分子", COUNT)
DENOMINATOR = Column("denominator", "分母", COUNT)
VALUE = Column("value", "比率", RATE)
EXEMPT = Column("exempt", "不要求", COUNT)
ABOVE_BUILDINGS = ("", "campus", "cluster")
IN_BUILDINGS = ("building", "floor", "room")

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
BUILDING_FINDER = Block(
    key="building_finder",
    title="选择楼宇",
    metric=None,
    about="列出当日在用、在你范围内的住宿楼宇；名称、别名、编号、楼群加楼号都可以查找。",
    query=buildings_to_find,
    panel=building_finder,
    say=finder_words,
    columns=(
        Column("campus", "校区"),
        Column("cluster", "楼群"),
        Column("building", "楼宇"),
        Column("kind", "居住对象", WORD),
        Column("called", "可用的叫法"),
    ),
)
MEDIAN = Column("median", "同类中位数", NUMBER)
VERDICT = Column("verdict", "与中位数相比", WORD)
OWN_VALUE = Column("value", "本楼", NUMBER)
PORTRAIT = Block(
    key="portrait",
    title="一键画像",
    metric=None,
    metrics=COVERAGE,
    facts=tuple(BY_FACT[key] for key in HEADLINES),
    about="一段话由页面上的数字生成：先写缺口，再写与同类楼宇中位数的差别。",
    query=portrait,
    panel=portrait_head,
    say=portrait_words.summary,
    levels=IN_BUILDINGS,
    columns=(
        Column("section", "部分", WORD),
        Column("name", "指标", WORD),
        OWN_VALUE,
        Column("unit", "单位", WORD),
        MEDIAN,
        VERDICT,
        Column("text", "内容"),
    ),
)
BUILDING_COVERAGE = Block(
    key="building_coverage_rates",
    title="党团组织覆盖",
    metric=None,
    metrics=COVERAGE,
    query=portrait_coverage,
    panel=coverage_rows,
    say=portrait_words.of_verdicts,
    levels=IN_BUILDINGS,
    width=6,
    columns=(
        Column("name", "指标", WORD),
        NUMERATOR,
        DENOMINATOR,
        VALUE,
        MEDIAN,
        VERDICT,
    ),
)
BUILDING_PEOPLE = Block(
    key="building_people",
    title="住的人与管的人",
    metric=None,
    about="按当日在楼里住的学生计；不足 5 人的学院、层次、年级合并。辅导员按所带学生住在本楼列出。",
    query=portrait_people,
    panel=people,
    say=portrait_words.of_people,
    levels=IN_BUILDINGS,
    width=6,
    columns=(
        Column("section", "部分", WORD),
        Column("name", "名称", WORD),
        Column("number", "人数", COUNT),
    ),
)
BUILDING_FACTS = Block(
    key="building_facts",
    title="各项工作",
    metric=None,
    facts=FACTS,
    query=portrait_facts,
    panel=fact_sections,
    say=portrait_words.of_verdicts,
    levels=IN_BUILDINGS,
    columns=(
        Column("section", "部分", WORD),
        Column("name", "指标", WORD),
        Column("kind", "类别", WORD),
        OWN_VALUE,
        Column("unit", "单位", WORD),
        MEDIAN,
        VERDICT,
    ),
)
BUILDING_TERMS = Block(
    key="building_terms",
    title="各学期",
    metric=None,
    metrics=tuple(m for m in COVERAGE if m.key in FOLLOWED),
    facts=tuple(BY_FACT[key] for key in TRENDS),
    about="各学期都截到与所选日期同样的教学日，刚开始的学期不和整学期相比。",
    query=portrait_terms,
    panel=term_charts,
    say=portrait_words.of_terms,
    levels=IN_BUILDINGS,
    columns=(
        Column("term_name", "学期"),
        Column("day", "截至", DAY),
        Column("name", "指标", WORD),
        OWN_VALUE,
        Column("unit", "单位", WORD),
        MEDIAN,
        VERDICT,
    ),
)
BUILDING_CHRONICLE = Block(
    key="building_chronicle",
    title="过程记录",
    metric=None,
    about="由台账中带日期的事项生成，从最早一条到所选日期；层长只写职务和楼层，不写姓名。",
    query=chronicle,
    panel=time_line,
    say=chronicle_words,
    levels=IN_BUILDINGS,
    columns=(
        Column("day", "日期", DAY),
        Column("kind", "类别", WORD),
        Column("event", "事项", WORD),
        Column("subject", "内容"),
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
QUALITY_FINDINGS = Block(
    key="quality_findings",
    title="数据质量",
    metric=None,
    about="每次发布数据版本时，把各台账与约定逐项核对；数字是全校的行数，与命令 check 相同",
    query=quality_findings,
    panel=finding_list,
    say=sentences.of_findings,
    width=8,
    columns=(
        Column("severity", "轻重"),
        Column("title", "问题", WORD),
        Column("ledger", "台账", WORD),
        Column("place", "位置", WORD),
        Column("faults", "处数", COUNT),
        Column("earlier", "上一版本", COUNT),
        Column("effect", "影响", WORD),
        Column("remedy", "处理", WORD),
        Column("ask", "找谁"),
    ),
)
FRESHNESS = Block(
    key="freshness",
    title="台账更新",
    metric=None,
    about="截至所选日期，按日期登记的台账多久没有新记录；应有的间隔按台账各自规定",
    query=ledger_freshness,
    panel=freshness_list,
    say=sentences.of_freshness,
    width=4,
    columns=(
        Column("ledger", "台账", WORD),
        Column("last", "最后一条", DAY),
        Column("days", "天数", COUNT),
        Column("limit", "应有间隔", COUNT),
        Column("weekly", "此前每周", NUMBER),
        Column("late", "未更新", FLAG),
        Column("ask", "找谁"),
    ),
)
QUALITY_ROWS = Block(
    key="quality_rows",
    title="有问题的行",
    metric=None,
    about="所选检查查出的行，只列你的范围内的；没有查看姓名权限的，学号只显示末四位",
    query=quality_rows,
    panel=fault_list,
    say=sentences.of_faults,
    columns=(
        Column("building", "楼宇"),
        Column("college", "学院"),
        Column("student", "学生"),
        Column("detail", "这一行", WORD),
        Column("ask", "找谁"),
    ),
)
