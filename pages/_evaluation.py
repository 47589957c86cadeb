"""The blocks of 评价: which scheme, who stands where."""

from components import sentences_evaluation as sentences
from components.block import COUNT, NUMBER, WORD, Block, Column
from components.panels.ranking import ranking_list, scheme_chooser
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
        Column("remark", "备注"),
        Column("veto", "一票否决"),
    ),
)
