"""The blocks of the data-quality desk on 台账: findings, their rows, ledgers out of date."""

from components import sentences
from components.block import COUNT, DAY, FLAG, NUMBER, WORD, Block, Column
from components.panels.quality import fault_list, finding_list, freshness_list
from queries.faults import quality_rows
from queries.quality import ledger_freshness, quality_findings

QUALITY_FINDINGS = Block(
    key="quality_findings",
    title="数据质量",
    metric=None,
    about="每次发布数据版本时，把各台账与约定逐项核对；数字是全校的行数，与命令 check 相同",
    query=quality_findings,
    panel=finding_list,
    say=sentences.of_findings,
    width=6,
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
    width=6,
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
