"""The blocks of 学生参与: rates, kinds, buildings × kinds, mix, every group, peer support."""

from functools import partial

from components import sentences_groups as sentences
from components.block import COUNT, DAY, NUMBER, WORD, Block, Column
from components.figures.activities import field_matrix
from components.figures.group_mix import mix_dots
from components.panels import group_lists
from components.panels.group_cards import group_cards as cards
from components.panels.key_groups import peer_support_tables
from pages._blocks import ABOVE_BUILDINGS, DENOMINATOR, NUMERATOR, VALUE
from queries import group_mix, student_groups
from queries.group_places import by_building
from queries.group_rates import (
    CROSS_COLLEGE,
    CROSS_MAJOR,
    GROUP_BUILDINGS,
    GROUP_METRICS,
    GROUPS_IN_COMMUNITY,
    group_cards,
)
from queries.marks import marked
from queries.peer_support import PEER_SUPPORT_REACH, peer_support

LEVELS = (*ABOVE_BUILDINGS, "building")
SESSIONS, NAME = Column("sessions", "场次", COUNT), Column("name", "团体")
KIND = Column("kind", "类别", WORD)
LISTED, PEOPLE = Column("recorded", "有名单的场次", COUNT), Column("attended", "参与人次", COUNT)
EVERYONE, COLLEGES = Column("everyone", "全体成员", COUNT), Column("colleges", "学院数", COUNT)
EVENNESS, MAJORS = Column("evenness", "学院均衡度", NUMBER), Column("majors", "专业数", COUNT)
UNKNOWN = Column("unknown", "未登记专业", COUNT)
SLICE = (
    "团体没有归属的学院和楼宇。选定地点或牵头学院后，只看有成员住在那里、或来那里办过活动的团体，"
    "成员数住在那里的，场次数在那里办的；选定所属学院后，只看有该院学生的团体，"
    "成员数该院的，场次数这些团体在各处办的。"
)
GROUP_CARDS = Block(
    key="group_cards",
    title="学生团体",
    metric=GROUPS_IN_COMMUNITY,
    metrics=GROUP_METRICS,
    query=marked(group_cards),
    panel=cards,
    say=sentences.of_cards,
    levels=LEVELS,
    about=SLICE + "跨学院和跨专业按团体的全部成员算，与谁在看无关。",
    columns=(
        Column("name", "指标", WORD),
        NUMERATOR,
        DENOMINATOR,
        VALUE,
        Column("exempt", "不计入", COUNT),
        Column("earlier_day", "对比日", DAY),
        Column("earlier_numerator", "上年分子", COUNT),
        Column("earlier_denominator", "上年分母", COUNT),
    ),
)
GROUP_KINDS = Block(
    key="group_kinds",
    title="六类团体进社区",
    metric=GROUPS_IN_COMMUNITY,
    metrics=(GROUPS_IN_COMMUNITY,),
    query=student_groups.by_kind,
    panel=group_lists.group_kinds,
    say=sentences.of_kinds,
    levels=LEVELS,
    about=SLICE + "成员是当日在团体名册上、也在籍的学生，退出当日仍算，参加几个团体只计一次，"
    "不在校的也算。本学期停办的团体不算在办，停办前的活动仍计入场次。几栋楼合办的活动算一场，"
    "每栋楼都算到过。没有名单的活动计入场次，不计入人次。",
    columns=(
        KIND,
        Column("denominator", "在办团体", COUNT),
        Column("dormant", "没有活动的团体", COUNT),
        Column("numerator", "进了社区的团体", COUNT),
        VALUE,
        Column("members", "成员", COUNT),
        SESSIONS,
        LISTED,
        PEOPLE,
        Column("homes", "到过的住宿楼宇", COUNT),
        Column("every", "住宿楼宇", COUNT),
        Column("earlier_day", "对比日", DAY),
        Column("earlier_denominator", "上年在办团体", COUNT),
        Column("earlier_numerator", "上年进了社区的团体", COUNT),
        Column("earlier_dormant", "上年没有活动的团体", COUNT),
        Column("earlier_members", "上年成员", COUNT),
        Column("earlier_sessions", "上年场次", COUNT),
        Column("earlier_attended", "上年参与人次", COUNT),
        Column("earlier_homes", "上年到过的住宿楼宇", COUNT),
    ),
)
GROUP_MATRIX = Block(
    key="group_matrix",
    title="哪栋楼还没有团体来过",
    metric=GROUP_BUILDINGS,
    metrics=(GROUP_BUILDINGS,),
    query=by_building,
    figure=partial(field_matrix, column="group_kind"),
    say=sentences.of_matrix,
    levels=LEVELS,
    about="一格是一栋楼一类团体本学期截至当日的场次，来得最少的楼在最上面；✕ 表示一场也没有；"
    "点一格进入那栋楼。选定所属学院后，只数有该院学生的团体。",
    height=860,
    columns=(
        Column("cluster", "楼群"),
        Column("building", "楼宇"),
        Column("kinds", "来过几类", COUNT),
        Column("group_kind", "团体类别", WORD),
        SESSIONS,
    ),
)
GROUP_MIX = Block(
    key="group_mix",
    title="跨了几个学院，均衡吗",
    metric=CROSS_COLLEGE,
    metrics=(CROSS_COLLEGE, CROSS_MAJOR),
    query=group_mix.group_list,
    figure=mix_dots,
    say=sentences.of_mix,
    levels=LEVELS,
    about="一个点一个团体，按全部成员当日所在的学院。"
    "均衡度是等效学院数的对数 ÷ 学院数的对数（Pielou）："
    "各学院人数相等为 1，越偏向一个学院越接近 0；只有一个学院的没有均衡度，画在最下面。",
    height=400,
    columns=(NAME, KIND, EVERYONE, COLLEGES, EVENNESS, MAJORS, UNKNOWN),
)
PEER_SUPPORT = Block(
    key="peer_support",
    title="朋辈互助触达了多少重点群体",
    metric=PEER_SUPPORT_REACH,
    metrics=(PEER_SUPPORT_REACH,),
    query=peer_support,
    panel=peer_support_tables,
    say=sentences.of_peer_support,
    columns=(
        Column("section", "口径", WORD),
        Column("name", "名称", WORD),
        Column("total", "登记人数"),
        Column("met", "已触达"),
        Column("unmet", "还没触达"),
        Column("rate", "触达率"),
    ),
)
GROUP_LIST = Block(
    key="group_list",
    title="每个团体",
    metric=GROUPS_IN_COMMUNITY,
    metrics=(GROUPS_IN_COMMUNITY, CROSS_COLLEGE, CROSS_MAJOR),
    query=group_mix.group_list,
    panel=group_lists.group_list,
    say=sentences.of_list,
    levels=LEVELS,
    about=SLICE + "学院、均衡度和专业按团体的全部成员。没有活动的排在最前，没有进楼的其次，"
    "本学期停办、停办前办过活动的排在最后。",
    columns=(
        NAME,
        KIND,
        Column("state", "本学期", WORD),
        Column("members", "范围内成员", COUNT),
        EVERYONE,
        COLLEGES,
        EVENNESS,
        MAJORS,
        UNKNOWN,
        SESSIONS,
        LISTED,
        PEOPLE,
        Column("homes", "到过的住宿楼宇", COUNT),
        Column("last", "最近一场", DAY),
    ),
)
