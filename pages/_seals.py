"""The blocks of 封存: the seals, the form, one reopened, and what differs from today."""

from components import sentences_seals as sentences
from components.block import COUNT, FLAG, NUMBER, WORD, Block, Column
from components.panels import opened_seal as panels
from components.panels.seals import seal_form, seal_table
from queries.seal_list import seal_list, seal_offer
from queries.sealed_results import seal_differences, sealed_lines, sealed_results

KEPT = (
    "封存保存方案、指标定义、全部数据（每个单位每项指标的分子、分母、数值）、程序版本和结果，"
    "按 RFC 8785 写成唯一的字节，记下它的 SHA-256 和前一个封存的 SHA-256。"
    "数据库拒绝修改和删除；每次列出都重新校验。校验：python -m data verify-seal 编号。"
)
BESIDE = (
    "封存的结果只从封存的内容读出。旁边的重算用同样的日期、今天的数据、定义、方案和程序，"
    "差别逐项列出。"
)
NUMBERED = Column("id", "封存", COUNT)
SCHEME = Column("scheme_name", "方案", WORD)
UNIT = Column("unit", "单位")
SEALS = Block(
    key="seals",
    title="封存",
    metric=None,
    about=KEPT,
    query=seal_list,
    panel=seal_table,
    say=sentences.of_seals,
    columns=(
        NUMBERED,
        SCHEME,
        Column("version", "版本"),
        Column("period", "周期"),
        Column("unit_kind", "评价单位", WORD),
        Column("at", "时间（UTC）"),
        Column("who", "封存人"),
        Column("note", "封存说明"),
        Column("sha256", "SHA-256"),
        Column("state", "状态", WORD),
        Column("supersedes", "取代", COUNT),
        Column("superseded_by", "被取代", COUNT),
        Column("problem", "不符之处"),
    ),
)
SEAL_NOW = Block(
    key="seal_now",
    title="封存现在的评价",
    metric=None,
    about=KEPT,
    query=seal_offer,
    panel=seal_form,
    say=sentences.of_offer,
    columns=(
        SCHEME,
        Column("version", "版本"),
        Column("period", "周期"),
        Column("units", "单位数", COUNT),
        Column("missing", "缺项", COUNT),
        Column("data_version", "数据版本", COUNT),
        Column("current", "会取代", COUNT),
    ),
)
SEALED_RESULTS = Block(
    key="sealed_results",
    title="封存的结果与今天的重算",
    metric=None,
    about=BESIDE,
    query=sealed_results,
    panel=panels.results,
    say=sentences.of_results,
    needs="seal",
    columns=(
        NUMBERED,
        Column("peer_group", "同类组", WORD),
        UNIT,
        Column("size", "学生数", COUNT),
        Column("total", "封存总分", NUMBER),
        Column("rank", "封存名次", COUNT),
        Column("of", "参评数", COUNT),
        Column("veto", "一票否决"),
        Column("missing", "缺项", COUNT),
        Column("now_total", "今天总分", NUMBER),
        Column("now_rank", "今天名次", COUNT),
        Column("now_veto", "今天的一票否决"),
        Column("moved", "变了的数", COUNT),
        Column("reasons", "为什么"),
        Column("problem", "不符之处"),
    ),
)
SEALED_LINES = Block(
    key="sealed_lines",
    title="封存的得分明细",
    metric=None,
    about=BESIDE,
    query=sealed_lines,
    panel=panels.lines,
    say=sentences.of_lines,
    needs="seal",
    columns=(
        UNIT,
        Column("dimension", "一级指标", WORD),
        Column("part", "二级指标", WORD),
        Column("name", "三级指标", WORD),
        Column("weight", "分值", NUMBER),
        Column("numerator", "分子", NUMBER),
        Column("denominator", "分母", NUMBER),
        Column("value", "数值", NUMBER),
        Column("score", "得分（百分制）", NUMBER),
        Column("filled", "按缺项规则计分", FLAG),
        Column("why", "没有数值的原因", WORD),
        Column("now_numerator", "今天的分子", NUMBER),
        Column("now_denominator", "今天的分母", NUMBER),
        Column("now_value", "今天的数值", NUMBER),
        Column("now_score", "今天得分", NUMBER),
        Column("changed", "不同", FLAG),
    ),
)
SEAL_DIFFERENCES = Block(
    key="seal_differences",
    title="与今天的差别",
    metric=None,
    about=BESIDE,
    query=seal_differences,
    panel=panels.differences,
    say=sentences.of_differences,
    needs="seal",
    columns=(
        Column("difference", "类别", WORD),
        UNIT,
        Column("subject", "什么", WORD),
        Column("field", "哪一项", WORD),
        Column("then", "封存时"),
        Column("now", "今天"),
    ),
)
