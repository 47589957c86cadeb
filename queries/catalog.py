"""Every metric there is, and the policy's clauses with the metrics that show them."""

from dataclasses import dataclass

from queries.key_groups import KEY_GROUP_CONTACT
from queries.metric import Metric
from queries.peer_support import PEER_SUPPORT_REACH
from queries.rates import DOMAINS

METRICS: tuple[Metric, ...] = tuple(metric for held, _ in DOMAINS for metric in held)
BY_KEY = {m.key: m for m in METRICS}
IN_NEED = frozenset({KEY_GROUP_CONTACT, PEER_SUPPORT_REACH})
"""Metrics of students in need: no basis of evaluation, never side by side, since a score or a
comparison would give small counts away."""
COMPARABLE = tuple(metric for metric in METRICS if metric not in IN_NEED)


@dataclass(frozen=True)
class Clause:
    """One clause of 中矿大学生字〔2025〕7号: its words, what the database holds for it."""

    text: str
    held: str

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The metrics that show it so far."""
        return tuple(m for m in METRICS if m.clause == self.text)


CLAUSES = (
    Clause("六型社区：先锋、学习、活力、平安、美丽、特色", "每场活动和每个品牌的社区类型"),
    Clause("党团组织对楼群、楼宇、楼层全覆盖", "由党团组织及其服务范围推算三级覆盖率与缺口"),
    Clause("楼宇学生党员工作站", "每栋楼的工作站"),
    Clause("楼宇学生党员、发展对象、入党积极分子全部纳入", "工作站名册"),
    Clause("楼层功能型党支部 / 党小组", "党组织及其服务的楼层"),
    Clause("先锋矩阵：党员责任区、党员层长、网格化", "责任区（房间 ↔ 党员）、层长"),
    Clause("双亮五带头 台账", "亮身份、宿舍亮牌、五带头台账"),
    Clause(
        "44023：四时段各40分钟、公寓与课堂/实验室 2 场域、每学期 3 个全覆盖",
        "辅导员走访、见到的学生、经过的房间，关键节点，关切问题",
    ),
    Clause(
        "力量下沉：领导干部、专家学者、研究生导师、专职思政干部、五老",
        "领导面对面、教授沙龙、导师有约、春晖工作站的每一场：载体、人员类别、楼宇、参与人数",
    ),
    Clause("南湖研究生集中楼宇聘任楼宇辅导员", "楼宇辅导员聘任的起止日期"),
    Clause(
        "正其心、乐其学、健其体、和其群、雅其居；四季；小型化、多样化、常态化",
        "每场活动的主题、日期、举办楼宇、参与名单与反馈",
    ),
    Clause(
        "七进社区（党建、思政、文化建设、学风建设、精神文明、劳动教育、安全稳定）",
        "每场活动的七进类别",
    ),
    Clause(
        "品牌活动：一苑一品、一楼一品；文化节、艺术节、读书节、音乐节、风采展、成果展",
        "品牌的级别、创建与停办、归属的起止日期，每场活动属于哪个品牌、哪个节庆系列",
    ),
    Clause(
        "空间：五项功能、党建墙/文化墙/文化走廊、一楼一品、试点升级",
        "公共空间按功能登记（面积、座位、启用停用），文化设施，楼宇试点升级的日期",
    ),
    Clause(
        "学生综合事务大厅、社区服务点终端、师生e线、智慧学工、易班",
        "服务办理逐件登记：渠道、提交与办结时间、评分",
    ),
    Clause(
        "社团、勤工助学进社区；朋辈互助；科研/就业创业/团学共同体",
        "学生团体按类别登记，成员的加入与退出日期，每场活动的主办团体",
    ),
    Clause(
        "学业、就业、经济、心理 四类重点群体",
        "重点群体登记（敏感，只有抑制后的人数）、见面与朋辈互助",
    ),
)
