"""The blocks of 品牌画像: what a brand is, when it was held, whom it reached, whose it was."""

from components import sentences_brands as sentences
from components.block import COUNT, DAY, NUMBER, WORD, Block, Column
from components.figures.brand_profile import college_bars, score_marks, week_cells
from components.panels.brand_list import brand_finder
from components.panels.brand_profile import brand_head, brand_owners, brand_sessions
from pages._brands import BRAND, COLUMNS, LEVEL, OWNER
from queries.brand_coverage import BUILDING_BRAND_COVERAGE
from queries.brand_profile import by_college, by_term, by_week, owners, session_list
from queries.brand_slice import to_choose
from queries.brands import portfolio

SESSIONS, LISTED = Column("sessions", "场次", COUNT), Column("recorded", "有名单的场次", COUNT)
PEOPLE, TERM = Column("attended", "参与人次", COUNT), Column("term_name", "学期")
OPINION = (
    Column("answers", "反馈", COUNT),
    Column("score", "满意度", NUMBER),
    Column("score_low", "区间下限", NUMBER),
    Column("score_high", "区间上限", NUMBER),
)
CHOSEN = "brand"

BRAND_FINDER = Block(
    key="brand_finder",
    title="选择品牌",
    metric=None,
    about="列出当日已创建、在你范围内的品牌：当日归属或办过的活动在你能看到的楼宇里。停办的也列出。",
    query=to_choose,
    panel=brand_finder,
    say=sentences.of_finder,
    columns=(LEVEL, BRAND, OWNER, Column("founded", "创建日期", DAY)),
)
BRAND_HEAD = Block(
    key="brand_head",
    title="品牌画像",
    metric=BUILDING_BRAND_COVERAGE,
    query=portfolio,
    panel=brand_head,
    say=sentences.of_brand,
    needs=CHOSEN,
    about="除“办过的学期”外都是本学期截至当日的数；归属按当日，以前归别处时办的场次仍是这个品牌的。"
    "办过的学期数已汇总的学期里至少办过一场的。几栋楼合办的算一场。学院按学生最近一次来的那天所在的学院。"
    "回头率是来过两次以上的人占来过的人。每人次经费只用既登记了经费又有名单的场次。"
    "只看得到部分楼宇的人，数字只含那里的场次，阶段不作判断。",
    columns=COLUMNS,
)
BRAND_WEEKS = Block(
    key="brand_weeks",
    title="每个学期哪几周办",
    metric=BUILDING_BRAND_COVERAGE,
    query=by_week,
    figure=week_cells,
    say=sentences.of_weeks,
    needs=CHOSEN,
    about="上方是教学周；“–”是教学周以前的周。只列已汇总的学期。",
    height=240,
    columns=(
        TERM,
        Column("week", "教学周", COUNT),
        Column("starts", "自", DAY),
        SESSIONS,
        LISTED,
        PEOPLE,
    ),
)
BRAND_COLLEGES = Block(
    key="brand_colleges",
    title="来的人属于哪些学院",
    metric=BUILDING_BRAND_COVERAGE,
    query=by_college,
    figure=college_bars,
    say=sentences.of_colleges,
    needs=CHOSEN,
    about="本学期截至当日名单上不同的人，按最近一次来的那天所在的学院；"
    "不足 5 人的学院并入“其余合计”。",
    width=6,
    height=360,
    columns=(
        Column("college", "学院", WORD),
        Column("people", "人数", COUNT),
        Column("total", "名单上的人", COUNT),
    ),
)
BRAND_SCORES = Block(
    key="brand_scores",
    title="各学期满意度",
    metric=BUILDING_BRAND_COVERAGE,
    query=by_term,
    figure=score_marks,
    say=sentences.of_scores,
    needs=CHOSEN,
    about="有效反馈的平均分（1–5 分）和按 t 分布的 95% 区间；只有一份时没有区间，没有时不画。",
    width=6,
    height=360,
    columns=(TERM, SESSIONS, LISTED, PEOPLE, *OPINION),
)
BRAND_SESSIONS = Block(
    key="brand_sessions",
    title="各场活动",
    metric=BUILDING_BRAND_COVERAGE,
    query=session_list,
    panel=brand_sessions,
    say=sentences.of_sessions,
    needs=CHOSEN,
    width=8,
    about="已汇总的学期里截至当日的全部场次，最近的在前。没有名单的活动，参与人数未知。",
    columns=(
        Column("day", "日期", DAY),
        Column("name", "活动"),
        Column("place", "地点"),
        Column("attended", "参与人数", COUNT),
        *OPINION,
        Column("cost", "经费（元）", NUMBER),
    ),
)
BRAND_OWNERS = Block(
    key="brand_owners",
    title="归属的变化",
    metric=BUILDING_BRAND_COVERAGE,
    query=owners,
    panel=brand_owners,
    say=sentences.of_owners,
    needs=CHOSEN,
    width=4,
    about="起止都含当日；期间场次是那段时间里办的、你能看到的场次，在哪里办都算。",
    columns=(
        Column("owner", "归属"),
        Column("starts", "起", DAY),
        Column("ends", "止", DAY),
        SESSIONS,
    ),
)
