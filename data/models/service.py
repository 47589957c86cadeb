"""Space and service: public spaces by function, culture features, service requests."""

from datetime import date, datetime

from sqlalchemy import Float, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped

from data.models.contract import Contract, choice, column

SPACE_FUNCTIONS = ("思想引领", "学习发展", "交流互动", "文体活动", "生活服务")
CULTURE_KINDS = ("党建墙", "文化墙", "文化走廊")
CHANNELS = ("师生e线", "智慧学工", "易班", "事务大厅", "自助终端")


class Space(Contract):
    """公共空间：按五项功能登记。"""

    title = "公共空间台账"
    keeper = "宿舍管理中心"
    __tablename__ = "space"

    id: Mapped[str] = column("空间编号", "", String(32), primary_key=True)
    building_id: Mapped[str] = column("楼宇编号", "", ForeignKey("campus.building.id"), index=True)
    name: Mapped[str] = column("空间名称", "", String(64))
    function: Mapped[str] = column("功能", "", choice("space_function", *SPACE_FUNCTIONS))
    area: Mapped[float | None] = column("面积", "", Float, unit="平方米")
    seats: Mapped[int | None] = column("座位数", "", Integer, unit="座")
    opened: Mapped[date | None] = column("启用日期", "")
    closed: Mapped[date | None] = column("停用日期", "含当日")


class CultureFeature(Contract):
    """文化设施：党建墙、文化墙、文化走廊。"""

    title = "文化设施台账"
    keeper = "楼宇工作组"
    __tablename__ = "culture_feature"

    id: Mapped[int] = column("序号", "", Integer, primary_key=True)
    building_id: Mapped[str] = column("楼宇编号", "", ForeignKey("campus.building.id"), index=True)
    floor_id: Mapped[str | None] = column("楼层编号", "", ForeignKey("campus.floor.id"))
    kind: Mapped[str] = column("类别", "", choice("culture_kind", *CULTURE_KINDS))
    name: Mapped[str | None] = column("名称", "", String(64))
    opened: Mapped[date | None] = column("建成日期", "")


class ServiceRequest(Contract):
    """服务办理：一行一件。"""

    title = "服务办理台账"
    keeper = "学生工作部"
    __tablename__ = "service_request"

    id: Mapped[int] = column("办件编号", "", Integer, primary_key=True)
    channel: Mapped[str] = column("渠道", "", choice("service_channel", *CHANNELS))
    category: Mapped[str | None] = column("事项", "", String(32))
    building_id: Mapped[str | None] = column(
        "楼宇编号", "", ForeignKey("campus.building.id"), index=True
    )
    submitted: Mapped[datetime] = column("提交时间", "", index=True)
    finished: Mapped[datetime | None] = column("办结时间", "未办结为空")
    rating: Mapped[int | None] = column("评分", "1–5，未评价为空", Integer, unit="分")
