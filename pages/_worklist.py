"""The block of 智能推荐: the plan of the coming weeks."""

from components.block import COUNT, DAY, WORD, Block, Column
from components.panels.worklist import worklist as panel
from components.sentences_worklist import of_worklist
from queries.students_met import STUDENT_COVERAGE
from queries.worklist import worklist

WORKLIST = Block(
    key="worklist",
    title="走访单",
    metric=STUDENT_COVERAGE,
    metrics=(STUDENT_COVERAGE,),
    about="从下一个星期一起排。一次走访 40 分钟（按学期设定），走一层楼的几间房，或到一个班的课堂；"
    "一名学生无论被走到几次只算一次。在规则之内先让新见到的学生最多，再让等得最久的人先见到，"
    "再带上待办的关切问题和还没有走访的关键节点。用整数规划求解，与逐次挑最多的排法和理论上限比较。"
    "房间、人数和上次见到的日期都截至所选日期；课堂没有课表，只建议到哪个班。",
    query=worklist,
    panel=panel,
    say=of_worklist,
    columns=(
        Column("visit", "序号", COUNT),
        Column("day", "日期", DAY),
        Column("period", "时段", WORD),
        Column("starts", "开始"),
        Column("ends", "结束"),
        Column("counselor", "辅导员"),
        Column("building", "楼宇"),
        Column("floor", "楼层"),
        Column("room", "房间号"),
        Column("class_name", "班级"),
        Column("students", "新见到", COUNT),
        Column("last", "上次见到", DAY),
        Column("concerns", "关切问题", COUNT),
        Column("key_dates", "关键节点"),
        Column("numerator", "走完累计见到", COUNT),
        Column("denominator", "在校学生", COUNT),
    ),
)
