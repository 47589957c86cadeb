"""Every metric there is, and the policy's clauses with the metrics that show them."""

from dataclasses import dataclass

from queries.coverage import COVERAGE, FURTHER
from queries.metric import Metric

METRICS: tuple[Metric, ...] = (*COVERAGE, *FURTHER)
BY_KEY = {m.key: m for m in METRICS}


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
    Clause("党团组织对楼群、楼宇、楼层全覆盖", "由党团组织及其服务范围推算三级覆盖率与缺口"),
    Clause("楼宇学生党员工作站", "每栋楼的工作站"),
    Clause("楼宇学生党员、发展对象、入党积极分子全部纳入", "工作站名册"),
    Clause("楼层功能型党支部 / 党小组", "党组织及其服务的楼层"),
    Clause("先锋矩阵：党员责任区、党员层长、网格化", "责任区（房间 ↔ 党员）、层长"),
    Clause("双亮五带头 台账", "亮身份、宿舍亮牌、五带头台账"),
)
