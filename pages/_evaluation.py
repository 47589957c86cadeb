"""The blocks of 评价: which scheme, who stands where."""

from components import sentences_evaluation as sentences
from components.block import COUNT, FLAG, NUMBER, WORD, Block, Column
from components.figures.waterfall import waterfall
from components.panels.opened_score import score_sheet
from components.panels.ranking import ranking_list, scheme_chooser
from queries.opened_score import opened_score
from queries.ranking import ranking

HOW = (
    "每项指标按方案里的规则折成 0–100 分，按分值加权汇总；名次只在同类单位之间比较。"
    "分值是建议，方案写在 data/schemes 的文件里，可以改。"
)
UNIT = Column("unit", "单位")
GROUP = Column("peer_group", "同类组", WORD)
SCHEME_CHOICE = Block(
    key="scheme_choice",
    title="方案与周期",
    metric=None,
    about=HOW,
    query=ranking,
    panel=scheme_chooser,
    say=sentences.of_choice,
    columns=(UNIT, GROUP, Column("total", "总分", NUMBER)),
)
RANKING = Block(
    key="ranking",
    title="排名",
    metric=None,
    about=HOW,
    query=ranking,
    panel=ranking_list,
    say=sentences.of_ranking,
    columns=(
        GROUP,
        Column("rank", "名次", COUNT),
        Column("of", "参评数", COUNT),
        UNIT,
        Column("total", "总分", NUMBER),
        Column("earlier_total", "上期总分", NUMBER),
        Column("earlier_rank", "上期名次", COUNT),
        Column("name", "一级指标", WORD),
        Column("weight", "分值", NUMBER),
        Column("score", "得分（百分制）", NUMBER),
        Column("missing", "缺项", COUNT),
        Column("opened", "启用日期"),
        Column("veto", "一票否决", WORD),
    ),
)
OPENED = (
    Column("dimension", "一级指标", WORD),
    Column("part", "二级指标", WORD),
    Column("name", "三级指标", WORD),
    Column("weight", "分值", NUMBER),
    Column("numerator", "分子", NUMBER),
    Column("denominator", "分母", NUMBER),
    Column("value", "数值", NUMBER),
    Column("score", "得分（百分制）", NUMBER),
    Column("full", "可得分", NUMBER),
    Column("points", "得分", NUMBER),
    Column("median", "同类中位数", NUMBER),
    Column("best", "同类最好", NUMBER),
    Column("filled", "按缺项规则计分", FLAG),
    Column("why", "没有数值的原因", WORD),
)
WATERFALL = Block(
    key="waterfall",
    title="得分构成",
    metric=None,
    about=HOW,
    query=opened_score,
    figure=waterfall,
    say=sentences.of_opened,
    needs="unit",
    width=6,
    height=640,
    columns=OPENED,
)
SCORE_SHEET = Block(
    key="score_sheet",
    title="每一分怎么来的",
    metric=None,
    about=HOW,
    query=opened_score,
    panel=score_sheet,
    say=sentences.of_opened,
    needs="unit",
    width=6,
    columns=OPENED,
)
