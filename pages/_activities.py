"""The activities of 活动品牌: cards, days, seasons, fields, buildings, and whom nobody reached."""

from components import sentences_activities as sentences
from components.block import COUNT, DAY, NUMBER, RATE, WORD, Block, Column
from components.figures.activities import day_calendar, field_matrix, reach_dots, season_cells
from components.figures.retention import month_triangle
from components.figures.rhythm import rhythm_panels
from components.panels.activity_buildings import festival_list, unreached
from components.panels.activity_cards import activity_cards as cards
from pages._blocks import ABOVE_BUILDINGS, VALUE
from queries import activity_spread as spread
from queries.activities import (
    ACTIVITY_REACH,
    ACTIVITY_RETURN,
    ACTIVITY_WEEKS,
    SEVEN_FIELDS_COVERAGE,
)
from queries.activity_months import retention
from queries.activity_peers import cards_beside_peers

LEVELS = (*ABOVE_BUILDINGS, "building")
CLUSTER, BUILDING = Column("cluster", "楼群"), Column("building", "楼宇")
SESSIONS, PEOPLE = Column("sessions", "场次", COUNT), Column("attended", "参与人次", COUNT)
LISTED = Column("recorded", "有名单的场次", COUNT)
CAME, STUDENTS = Column("numerator", "来过的学生", COUNT), Column("denominator", "在校学生", COUNT)

ACTIVITY_CARDS = Block(
    key="activity_cards",
    title="本学期活动",
    metric=ACTIVITY_REACH,
    metrics=(ACTIVITY_REACH, ACTIVITY_RETURN),
    query=cards_beside_peers,
    panel=cards,
    say=sentences.of_cards,
    levels=LEVELS,
    about="几栋楼合办的活动，总数里算一场，每栋楼各算一场。没有名单的活动计入场次，不计入人次和人数。"
    "参与人数是名单上不同的人，包括住在别处的；参与面只看本范围的在校学生，在哪里参加都算。"
    "满意度是全部有效反馈的平均分（1–5 分），区间按 t 分布；"
    "有名单的活动，署名但不在名单上的反馈不计，单列份数。"
    "选定学院时，牵头数它牵头的楼宇里的活动，所属数它主办的活动。"
    "选定一栋楼或一个学院时列出中位数：楼宇与居住对象和规模相同的楼比，学院与其他学院比，"
    "场次、人次、人数按每百名在校学生计，不足 4 个可比的不给。",
    columns=(
        SESSIONS,
        LISTED,
        PEOPLE,
        Column("participants", "参与人数", COUNT),
        Column("again", "来过不止一场的人", COUNT),
        Column("reached", "来过的学生", COUNT),
        Column("students", "在校学生", COUNT),
        Column("answers", "反馈", COUNT),
        Column("score", "满意度", NUMBER),
        Column("score_low", "区间下限", NUMBER),
        Column("score_high", "区间上限", NUMBER),
        Column("outsiders", "未参加者的反馈", COUNT),
        Column("earlier_day", "对比日", DAY),
        Column("earlier_sessions", "上年场次", COUNT),
        Column("earlier_attended", "上年参与人次", COUNT),
        Column("earlier_participants", "上年参与人数", COUNT),
        Column("earlier_again", "上年来过不止一场的人", COUNT),
        Column("earlier_reached", "上年来过的学生", COUNT),
        Column("earlier_students", "上年在校学生", COUNT),
        Column("earlier_score", "上年满意度", NUMBER),
        Column("peers", "可比单位", COUNT),
        Column("peer_sessions", "每百人场次中位数", NUMBER),
        Column("peer_attended", "每百人人次中位数", NUMBER),
        Column("peer_participants", "每百人人数中位数", NUMBER),
        Column("peer_reach", "参与面中位数（%）", NUMBER),
        Column("peer_score", "满意度中位数", NUMBER),
    ),
)
ACTIVITY_DAYS = Block(
    key="activity_days",
    title="每天有多少活动",
    metric=ACTIVITY_WEEKS,
    metrics=(ACTIVITY_WEEKS,),
    query=spread.by_day,
    figure=day_calendar,
    say=sentences.of_days,
    levels=LEVELS,
    about="上方是教学周和周一的日期；圆点是没有活动的教学日。",
    height=280,
    columns=(
        Column("day", "日期", DAY),
        Column("week", "教学周", COUNT),
        SESSIONS,
        LISTED,
        PEOPLE,
    ),
)
ACTIVITY_SEASONS = Block(
    key="activity_seasons",
    title="主题 × 四季",
    metric=ACTIVITY_WEEKS,
    query=spread.by_season,
    figure=season_cells,
    say=sentences.of_seasons,
    levels=LEVELS,
    about="最近四季，含正在进行的一季；春季自三月起，每季三个月。≥ 表示其中有活动没有名单。"
    "四季跨学期，没有汇总的学期不在内。",
    width=6,
    height=420,
    columns=(
        Column("theme", "主题", WORD),
        Column("season", "季节", WORD),
        Column("starts", "自", DAY),
        SESSIONS,
        LISTED,
        PEOPLE,
    ),
)
ACTIVITY_FESTIVALS = Block(
    key="activity_festivals",
    title="节庆系列",
    metric=ACTIVITY_WEEKS,
    query=spread.by_festival,
    panel=festival_list,
    say=sentences.of_festivals,
    levels=LEVELS,
    about="最近四季登记了节庆系列的活动；≥ 表示其中有活动没有名单。",
    columns=(
        Column("festival", "系列", WORD),
        SESSIONS,
        LISTED,
        PEOPLE,
        Column("buildings", "举办楼宇", COUNT),
        Column("last", "最近一场", DAY),
    ),
)
ACTIVITY_REACH_DOTS = Block(
    key="activity_reach_dots",
    title="办得多，来的人多吗",
    metric=ACTIVITY_REACH,
    metrics=(ACTIVITY_REACH,),
    query=spread.beside_others,
    figure=reach_dots,
    say=sentences.of_reach,
    levels=LEVELS,
    about="一个点一栋楼：横轴是本楼举办的活动场次 ÷ 居住人数 × 100，"
    "纵轴是住在楼里的学生来过任一活动的比例；虚线是这些楼的四分位数。选定一栋楼时仍画出你能看到的各楼，标出这一栋。",
    width=6,
    height=420,
    columns=(
        CLUSTER,
        BUILDING,
        Column("kind", "居住对象", WORD),
        SESSIONS,
        Column("each", "每百人场次", NUMBER),
        CAME,
        STUDENTS,
        VALUE,
    ),
)
ACTIVITY_FIELDS = Block(
    key="activity_fields",
    title="七进社区：哪栋楼还缺哪一类",
    metric=SEVEN_FIELDS_COVERAGE,
    metrics=(SEVEN_FIELDS_COVERAGE,),
    query=spread.by_field,
    figure=field_matrix,
    say=sentences.of_fields,
    levels=LEVELS,
    about="✕ 表示本学期截至当日一场也没有；点一格进入那栋楼。没有登记类别的活动不在图中。",
    height=860,
    columns=(CLUSTER, BUILDING, Column("field", "七进类别", WORD), SESSIONS),
)
ACTIVITY_RHYTHM = Block(
    key="activity_rhythm",
    title="小型化、多样化、常态化",
    metric=ACTIVITY_WEEKS,
    metrics=(ACTIVITY_WEEKS,),
    height=860,
    query=spread.by_building,
    figure=rhythm_panels,
    say=sentences.of_rhythm,
    levels=LEVELS,
    about="小型化是有名单的活动参与人数的中位数；"
    "多样化是等效主题数（香农熵的指数），只有一种主题时为 1，"
    "没有登记主题的活动不计；常态化是有活动的教学周占已结束教学周的比例。"
    "虚线是目标：学校文件只要求小型化、多样化、常态化，没有规定数值，目标是本系统的提议；"
    "没有达到的用斜线，没有数值的记“—”，达到目标最少的楼排在最前。",
    columns=(
        CLUSTER,
        BUILDING,
        SESSIONS,
        LISTED,
        Column("typical", "每场人数中位数", NUMBER),
        Column("themes", "等效主题数", NUMBER),
        Column("active", "有活动的教学周", COUNT),
        Column("weeks", "已结束的教学周", COUNT),
        Column("answers", "反馈", COUNT),
        Column("score", "满意度", NUMBER),
    ),
)
ACTIVITY_RETENTION = Block(
    key="activity_retention",
    title="来过的人还会再来吗",
    metric=ACTIVITY_RETURN,
    metrics=(ACTIVITY_RETURN,),
    query=retention,
    figure=month_triangle,
    say=sentences.of_retention,
    levels=LEVELS,
    about="一行是本学年里在那个月第一次来的人，往右看他们以后各月有多少人又来。"
    "● 是首次来的月份；— 是没有名单的月份，谁来过无从知道；当月可能还没有过完。"
    "没有汇总的学期不在内。",
    height=420,
    columns=(
        Column("cohort", "首次来的月份", DAY),
        Column("month", "月份", DAY),
        Column("numerator", "又来的人", COUNT),
        Column("denominator", "首次来的人", COUNT),
        VALUE,
        Column("ended", "已过完的月份", COUNT),
    ),
)
UNREACHED = Block(
    key="activity_unreached",
    title="谁还没有来过",
    metric=ACTIVITY_REACH,
    metrics=(ACTIVITY_REACH,),
    query=spread.never_reached,
    panel=unreached,
    say=sentences.of_unreached,
    levels=LEVELS,
    about="按当日在籍且在校的学生计。没有名单的活动谁来过无从知道，只参加过这种活动的学生也在“没来过”里。"
    "不足 5 人的年级、学院、楼宇并入“其余合计”。",
    columns=(
        Column("part", "划分", WORD),
        Column("name", "名称"),
        CAME,
        STUDENTS,
        Column("unreached", "没来过", COUNT),
        Column("value", "比率", RATE),
    ),
)
