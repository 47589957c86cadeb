"""The blocks of 评价 on how far ranks are to be trusted, awards, trials, and rules."""

from components import sentences_standing as sentences
from components.block import COUNT, FLAG, NUMBER, WORD, Block, Column
from components.figures.rank_bands import rank_band_chart
from components.panels.awards import award_list, decision_list
from components.panels.rule_chance import rule_chance_panel
from components.panels.standing import standing as standing_table
from components.panels.what_if import what_if_panel
from queries.awards import award_decisions, award_proposal
from queries.rule_chance import rule_chance
from queries.stability import rank_stability
from queries.what_if import what_if

UNIT, GROUP = Column("unit", "单位"), Column("peer_group", "同类组", WORD)
RANK, OF = Column("rank", "名次", COUNT), Column("of", "参评数", COUNT)
TOTAL = Column("total", "总分", NUMBER)
INSIDE = Column("inside", "进入名额的可能", NUMBER)
LOW, HIGH = Column("low", "区间下端", COUNT), Column("high", "区间上端", COUNT)
PLACES, NEAR = Column("places", "名额", COUNT), Column("near", "在不确定范围内", FLAG)
BANDS = (
    "权重围绕方案的分值抽取 10,000 次（狄利克雷分布，合计不变；"
    "可选 10 分的指标上下 1、2 或 4 分），各指标的数值同时抽取 400 次："
    "比例按分子分母的后验分布（同类单位的水平作先验，不足 5 个单位时用 Jeffreys 先验）；"
    "走访是一间一间走的，见到学生的比例按一间 4 人、同室相关三分之一把人数折半；"
    "人工评分按它的标准误；没有数值的，从同类单位的数值里抽取（方案规定记零分的除外）；"
    "逐一清点的覆盖（有没有工作站、有没有品牌等）不抽取；一票否决按记录，不抽取。"
    "名次只在同类单位之间比较；90% 区间是抽取中名次的 5% 到 95%。"
    "人少的单位的数值向同类水平靠拢，现在的名次可能落在自己的区间之外：那多半是偶然。"
    "从中位数最靠前的单位往下走，段首在 95% 的抽取里都领先的单位另起一段："
    "同一段里的单位与段首分不开，相邻两段交界处的单位彼此也可能分不开，以区间为准。同一方案和周期每次抽取相同的随机数。"
)
QUOTA = (
    "名额是方案规定的比例乘以同类组里有总分的单位数，向下取整；单位数不足比例的倒数时没有单独的名额。"
    "被一票否决的单位不推荐。总分相同而名额不够的，都列为并列待定，不按列表顺序取舍。"
    "“进入名额的可能”是抽取里名次不超过名额的比例；在 5% 到 95% 之间的算在不确定范围内。"
    "名次只是建议，由党工委决定并写明理由；决定只增加、不修改，最新的一次有效。"
)
TRIAL = (
    "一级指标的分值折算成合计 100，内部各指标的比例不变，按方案的规则重新计算总分和同类名次。"
    "试算只写在网址里，不保存，不影响方案、排名、名额和封存。"
)
CHANCE = (
    "假设各单位的真实水平完全相同（都等于合计的比例），只按各自的分母抽取分子 4,000 次，"
    "再按规则计分：分数之间的差别全部来自偶然。并列的“按完成率计分”用同一批抽取、得分与比例成正比。"
    "走访见到学生的比例按人数折半计。"
)
STANDING = Block(
    key="standing",
    title="名次有多可靠",
    metric=None,
    about=BANDS,
    query=rank_stability,
    panel=standing_table,
    say=sentences.of_standing,
    columns=(GROUP, Column("band", "段", COUNT), UNIT, RANK, PLACES, INSIDE, NEAR),
)
RANK_BANDS = Block(
    key="rank_bands",
    title="名次区间",
    metric=None,
    about=BANDS,
    query=rank_stability,
    figure=rank_band_chart,
    say=sentences.of_bands,
    columns=(
        *(GROUP, UNIT, RANK, OF, TOTAL),
        Column("median", "名次中位数", COUNT),
        *(LOW, HIGH, Column("band", "段", COUNT), PLACES, INSIDE, NEAR),
        Column("veto", "一票否决"),
    ),
)
AWARDS = Block(
    key="awards",
    title="评优名额与建议",
    metric=None,
    about=QUOTA,
    query=award_proposal,
    panel=award_list,
    say=sentences.of_awards,
    columns=(
        *(GROUP, PLACES, RANK, OF, UNIT, TOTAL, LOW, HIGH, INSIDE, NEAR),
        Column("state_name", "建议", WORD),
        Column("veto", "一票否决"),
        Column("chosen", "决定入选", FLAG),
    ),
)
DECISIONS = Block(
    key="award_decisions",
    title="评优决定",
    metric=None,
    about=QUOTA,
    query=award_decisions,
    panel=decision_list,
    say=sentences.of_decisions,
    columns=(
        Column("at", "登记时间"),
        Column("current", "有效", FLAG),
        UNIT,
        GROUP,
        Column("chosen", "共几个单位", COUNT),
        Column("beyond", "超出名额", COUNT),
        Column("note", "说明"),
        Column("author", "登记人"),
        Column("scheme_version", "方案版本"),
        Column("data_version", "数据版本", COUNT),
    ),
)
WHAT_IF = Block(
    key="what_if",
    title="试算：换一换分值",
    metric=None,
    about=TRIAL,
    query=what_if,
    panel=what_if_panel,
    say=sentences.of_what_if,
    columns=(
        *(GROUP, UNIT, OF, RANK),
        Column("tried_rank", "试算名次", COUNT),
        Column("moved", "上升位数", COUNT),
        TOTAL,
        Column("tried_total", "试算总分", NUMBER),
    ),
)
RULES = Block(
    key="rule_chance",
    title="规则与偶然",
    metric=None,
    about=CHANCE,
    query=rule_chance,
    panel=rule_chance_panel,
    say=sentences.of_rules,
    columns=(
        Column("name", "指标", WORD),
        Column("weight", "分值", NUMBER),
        Column("rule_name", "规则", WORD),
        Column("units", "单位数", COUNT),
        Column("fewest", "最小分母", COUNT),
        Column("most", "最大分母", COUNT),
        Column("sd", "偶然的标准差", NUMBER),
        Column("low", "偶然的 5%", NUMBER),
        Column("high", "偶然的 95%", NUMBER),
        Column("steady_sd", "按完成率的标准差", NUMBER),
        Column("steady_low", "按完成率的 5%", NUMBER),
        Column("steady_high", "按完成率的 95%", NUMBER),
    ),
)
