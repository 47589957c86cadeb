"""The blocks of 楼宇画像: which building, its portrait part by part, what happened to it."""

from components import portrait_words
from components.block import COUNT, DAY, NUMBER, WORD, Block, Column
from components.panels.chronicle import chronicle_words, time_line
from components.panels.finder import building_finder, finder_words
from components.panels.portrait import coverage_rows, fact_sections, people, portrait_head
from components.panels.terms import term_charts
from pages._blocks import DENOMINATOR, NUMERATOR, VALUE
from queries.called import buildings_to_find
from queries.chronicle import chronicle
from queries.coverage import COVERAGE
from queries.facts import BY_FACT, FACTS, HEADLINES, TRENDS
from queries.portrait import FOLLOWED, portrait, portrait_coverage, portrait_facts, portrait_terms
from queries.portrait_goals import BUILDING_GOALS, portrait_goals
from queries.portrait_people import portrait_people

IN_BUILDINGS = ("building", "floor", "room")

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
BUILDING_GOALS_44023 = Block(
    key="building_goals",
    title="44023 在本楼",
    metric=None,
    metrics=BUILDING_GOALS,
    about="学生覆盖率按住在本楼的学生计，见到他们的是各自的辅导员或本楼的楼宇辅导员；"
    "关键节点看窗口内有没有公寓走访；关切问题按提出时登记的楼宇计。",
    query=portrait_goals,
    panel=coverage_rows,
    say=portrait_words.of_verdicts,
    levels=IN_BUILDINGS,
    width=6,
    columns=BUILDING_COVERAGE.columns,
)
BUILDING_PEOPLE = Block(
    key="building_people",
    title="住的人与管的人",
    metric=None,
    about="按当日在楼里住的学生计；不足 5 人的学院、层次、年级并入“其余合计”。"
    "辅导员按所带学生住在本楼列出。",
    query=portrait_people,
    panel=people,
    say=portrait_words.of_people,
    levels=IN_BUILDINGS,
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
