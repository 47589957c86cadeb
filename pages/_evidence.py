"""The blocks of 评价依据: what bears on each indicator, the sheet, honours, 两优一先."""

from components import sentences_evidence as sentences
from components.block import COUNT, DAY, NUMBER, WORD, Block, Column
from components.panels.assessment import assessment_sheet
from components.panels.commendations import commendation_list
from components.panels.evidence import evidence_list
from components.panels.honours import honours_list
from queries.assessment import assessment
from queries.commendations import commendations
from queries.evidence import evidence
from queries.honours import building_honours
from queries.unit_honours import unit_honours

UNIT, SCHEME = Column("unit", "单位"), Column("scheme", "方案", WORD)
VERSION, PERIOD = Column("version", "方案版本"), Column("period", "评价周期", WORD)
AWARDED = (
    "组织获奖算到获奖当日它服务的楼宇；服务楼层的算到所在楼宇，服务楼群的算到楼群里每一栋在用的住宿楼宇。"
    "牵头学院算获奖当日牵头的楼宇和学院自己的，所属学院算学院自己的和所在党团联合工作室的。"
)
EVIDENCE = Block(
    key="evidence",
    title="评价依据",
    metric=None,
    about="依据由方案里的规则从活动、走访、获奖、经验发表、空间台账里选出；党工委和考核评价可以列入"
    "或排除，要写理由，每次都留记录。走访按周计次数，不写人。" + AWARDED,
    query=evidence,
    panel=evidence_list,
    say=sentences.of_evidence,
    needs="unit",
    heads=(UNIT,),
    columns=(
        Column("indicator_name", "指标", WORD),
        Column("ledger_name", "台账", WORD),
        Column("record_id", "编号"),
        Column("day", "日期", DAY),
        Column("title", "名称", WORD),
        Column("place", "地点或组织"),
        Column("what", "类别", WORD),
        Column("number", "数字", NUMBER),
        Column("number_of", "单位", WORD),
        Column("score", "满意度", NUMBER),
        Column("answers", "反馈份数", COUNT),
        Column("state_name", "状态", WORD),
        Column("reason", "理由"),
        Column("who", "标记人"),
        Column("at", "标记日期", DAY),
    ),
)
ASSESSMENT = Block(
    key="assessment_sheet",
    title="考核表",
    metric=None,
    about="分值是方案里的分值，得分是对总分 100 的贡献；缺项的分值按方案的规则转给同级其他指标，"
    "备注里写明。各行是一票否决之前的得分，合计是之后的。",
    query=assessment,
    panel=assessment_sheet,
    say=sentences.of_assessment,
    needs="unit",
    heads=(UNIT, SCHEME, VERSION, PERIOD),
    columns=(
        Column("group", "一级", WORD),
        Column("part", "二级", WORD),
        Column("name", "指标", WORD),
        Column("weight", "分值", NUMBER),
        Column("standard", "评分标准", WORD),
        Column("basis", "评价依据", WORD),
        Column("points", "得分", NUMBER),
        Column("remark", "备注", WORD),
    ),
)
HISTORY = (
    Column("day", "日期", DAY),
    Column("ledger_name", "类别", WORD),
    Column("title", "名称"),
    Column("what", "级别或渠道", WORD),
    Column("via", "获奖组织"),
    Column("term", "学期"),
)
UNIT_HONOURS = Block(
    key="unit_honours",
    title="获奖与经验发表",
    metric=None,
    about=AWARDED,
    query=unit_honours,
    panel=honours_list,
    say=sentences.of_honours,
    needs="unit",
    columns=HISTORY,
)
BUILDING_HONOURS = Block(
    key="building_honours",
    title="获奖与经验发表",
    metric=None,
    about=AWARDED,
    query=building_honours,
    panel=honours_list,
    say=sentences.of_honours,
    levels=("building", "floor", "room"),
    columns=HISTORY,
)
COMMENDATIONS = Block(
    key="commendations",
    title="两优一先：先进基层党组织名单",
    metric=None,
    about="楼宇学生党员工作站按学期评优的同类组和名次列出。名额按方案的比例取整数，不足一个的没有名额；"
    "与末位同分的都标出，由党工委决定。优秀共产党员、优秀党务工作者不在名单里，系统不给个人打分和排名。",
    query=commendations,
    panel=commendation_list,
    say=sentences.of_commendations,
    heads=(SCHEME, VERSION, PERIOD),
    columns=(
        Column("peer_group", "同类组", WORD),
        Column("rank", "名次", COUNT),
        Column("of", "参评数", COUNT),
        Column("station", "工作站"),
        Column("building", "楼宇"),
        Column("total", "总分", NUMBER),
        Column("mark", "名额", WORD),
        Column("awards", "本期获奖", COUNT),
        Column("award_names", "获奖名称"),
        Column("leading", "五带头都有的党员", COUNT),
        Column("members", "党员", COUNT),
        Column("enrolled", "在册", COUNT),
        Column("due", "应纳入", COUNT),
        Column("note", "党工委意见"),
    ),
)
