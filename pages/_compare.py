"""The blocks of 对比: units side by side, gaps, best practice, chance, estimates, change."""

from components import sentences_compare as sentences
from components.block import COUNT, DAY, NUMBER, RATE, WORD, Block, Column
from components.figures.change_bars import change_bars
from components.figures.compare import measures_on_paper, profile_lines
from components.figures.funnel_plot import caterpillar, funnel_plot
from components.panels.compare_best import best_list
from components.panels.compare_chooser import chooser_words, compare_chooser
from components.panels.compare_measures import gap_table, small_multiples
from queries import compare, compare_change, compare_funnel, compare_offer
from queries.compare_change import DECOMPOSED
from queries.compare_choice import MEASURES
from queries.students_met import STUDENT_COVERAGE

EVERY = tuple(MEASURES.values())
UNIT, GROUP = Column("unit", "单位"), Column("peer_group", "同类", WORD)
MEASURE = Column("name", "指标", WORD)
PART, WHOLE = Column("numerator", "分子", COUNT), Column("denominator", "分母", COUNT)
TRIALS, VALUE = Column("trials", "区间所用的个数", COUNT), Column("value", "比率", RATE)
LOW, HIGH = Column("low", "区间下限", NUMBER), Column("high", "区间上限", NUMBER)
MEDIAN, PEERS = Column("median", "同类中位数", NUMBER), Column("peers", "同类个数", COUNT)
CHOSEN = Column("chosen", "已选", COUNT)
ROOMS = (
    "走访按整间宿舍进行，同一间的学生不是互不相干的样本："
    "学生覆盖率的区间和控制限按有学生住的房间数计，比率仍是学生的比率。"
)
CENSUS = "这些数是全数统计，不是抽样：区间和控制限说的是工作过程里的偶然起伏。"

COMPARE_CHOOSER = Block(
    key="compare_chooser",
    title="对比什么",
    metric=STUDENT_COVERAGE,
    query=compare_offer.offered,
    panel=compare_chooser,
    say=chooser_words,
    about="对比的是整栋楼或整个学院在这个学期截至当日的数，上面的校区、楼群、学院筛选不缩小它；"
    "没有选定时，从所选楼宇或学院的同类里取。同类：楼宇按居住对象（新生楼单列），学院互为同类。"
    "重点群体的人数不按楼宇给出，不能对比。",
    columns=(Column("work", "分组", WORD), Column("name", "名称", WORD), CHOSEN),
)
COMPARE_MEASURES = Block(
    key="compare_measures",
    title="并排看",
    metric=STUDENT_COVERAGE,
    metrics=EVERY,
    query=compare.side_by_side,
    panel=small_multiples,
    figure=measures_on_paper,
    say=sentences.of_measures,
    about="一格一项指标，各格的刻度不同；点是比率，横条是 95% 区间（Wilson），"
    "竖线是同类中位数（含自己），"
    f"同类有数值的不足 4 个不给中位数。{ROOMS}{CENSUS}",
    columns=(MEASURE, UNIT, GROUP, PART, WHOLE, VALUE, TRIALS, LOW, HIGH, MEDIAN, PEERS),
)
COMPARE_GAPS = Block(
    key="compare_gaps",
    title="与同类中位数的差",
    metric=STUDENT_COVERAGE,
    query=compare.side_by_side,
    panel=gap_table,
    say=sentences.of_gaps,
    about="差是百分点。符号只在整个 95% 区间都在中位数一边时给出。",
    columns=(MEASURE, UNIT, PART, WHOLE, VALUE, MEDIAN, Column("gap", "差", NUMBER), LOW, HIGH),
)
COMPARE_BEST = Block(
    key="compare_best",
    title="同类里谁做得好",
    metric=STUDENT_COVERAGE,
    query=compare.best_practice,
    panel=best_list,
    say=sentences.of_best,
    about="只列整个 95% 区间高于同类中位数的单位里比率最高的，并列的都列；不是名次。"
    "比较的单位多了，偶尔会有一个碰巧在此：去问之前先看它的人数。",
    columns=(MEASURE, GROUP, PEERS, MEDIAN, UNIT, PART, WHOLE, VALUE, LOW, HIGH),
)
COMPARE_FUNNEL = Block(
    key="compare_funnel",
    title="差别是不是偶然",
    metric=STUDENT_COVERAGE,
    query=compare_funnel.funnel,
    figure=funnel_plot,
    say=sentences.of_funnel,
    about="漏斗图：越往左人越少，比率本来就越会晃，控制限也越宽。虚线是所比单位合起来的比率。"
    "控制限放宽按 Spiegelhalter（2005）：反正弦变换，z 值两端各收 10%，"
    "离散过大时加上单位之间的方差。"
    f"没有放宽时是 p ± z√(p(1−p)/n)。{ROOMS}{CENSUS}",
    width=6,
    height=460,
    columns=(
        UNIT,
        GROUP,
        PART,
        WHOLE,
        VALUE,
        TRIALS,
        Column("low95", "95% 下限", NUMBER),
        Column("high95", "95% 上限", NUMBER),
        Column("low998", "99.8% 下限", NUMBER),
        Column("high998", "99.8% 上限", NUMBER),
        Column("verdict", "判断", WORD),
        Column("centre", "共同水平", NUMBER),
        Column("dispersion", "z 的均方", NUMBER),
        Column("spread", "单位之间的方差", NUMBER),
    ),
)
COMPARE_SHRUNKEN = Block(
    key="compare_shrunken",
    title="去掉偶然之后还差多少",
    metric=STUDENT_COVERAGE,
    query=compare_funnel.caterpillar,
    figure=caterpillar,
    say=sentences.of_caterpillar,
    about="按楼宇或学院的自然顺序排，不按高低。空心点是原始比率和 95% 区间，"
    "实心点是收缩估计和 95% 区间，虚线是共同水平。收缩估计是经验贝叶斯（贝塔–二项分布）："
    f"先看这些单位彼此差多少，再把人少的单位向共同水平拉近；彼此差多少没有把握的部分也算进区间。{ROOMS}",
    width=6,
    height=460,
    columns=(
        UNIT,
        GROUP,
        PART,
        WHOLE,
        VALUE,
        TRIALS,
        LOW,
        HIGH,
        Column("estimate", "收缩估计", NUMBER),
        Column("near", "估计下限", NUMBER),
        Column("far", "估计上限", NUMBER),
        Column("centre", "共同水平", NUMBER),
    ),
)
COMPARE_PROFILES = Block(
    key="compare_profiles",
    title="长处和短处",
    metric=STUDENT_COVERAGE,
    query=compare.profiles,
    figure=profile_lines,
    say=sentences.of_profiles,
    about="一条线一个单位，从上往下经过每项指标；没有数值的指标上线断开。",
    columns=(UNIT, GROUP, MEASURE, PART, WHOLE, VALUE, CHOSEN),
)
COMPARE_CHANGE = Block(
    key="compare_change",
    title="变化从哪里来",
    metric=STUDENT_COVERAGE,
    metrics=DECOMPOSED,
    query=compare_change.change,
    figure=change_bars,
    say=sentences.of_change,
    about="两天的差分成三部分，加起来正好是差。同一批学生：两天都算在这个单位里的学生前后的变化；"
    "换了人：走的人和来的人带来的，人没变而搬了楼、换了牵头学院也在这里，匿名提出的问题算在这里；"
    "换了口径：前一天按当时的时限与按现在的时限之差。谁算“见到”不随学期设定改变，学生覆盖率的口径相同。"
    "没有一个人两天都在时，“同一批学生”记“—”。方法见 Melitz、Polanec（2015）。",
    columns=(
        MEASURE,
        UNIT,
        Column("earlier_day", "对比日", DAY),
        Column("earlier_numerator", "对比日分子", COUNT),
        Column("earlier_denominator", "对比日分母", COUNT),
        Column("redefined_numerator", "按现在口径的分子", COUNT),
        Column("redefined_denominator", "按现在口径的分母", COUNT),
        PART,
        WHOLE,
        VALUE,
        Column("both_then_good", "两天都在：前一天达到", COUNT),
        Column("both_then", "两天都在：前一天", COUNT),
        Column("both_now_good", "两天都在：现在达到", COUNT),
        Column("both_now", "两天都在：现在", COUNT),
        Column("left_good", "走了的：达到", COUNT),
        Column("left", "走了的", COUNT),
        Column("joined_good", "来了的：达到", COUNT),
        Column("joined", "来了的", COUNT),
        Column("total", "合计变化", NUMBER),
        Column("real", "同一批学生的变化", NUMBER),
        Column("people", "换了人", NUMBER),
        Column("definition", "换了口径", NUMBER),
    ),
)
