"""Place: campus → cluster (楼群/苑) → building → floor (wing × level) → room."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped

from data.models.contract import CAMPUS, Contract, choice, column


class Campus(Contract):
    """校区。"""

    title = "校区台账"
    keeper = "宿舍管理中心"
    __tablename__ = "campus"

    id: Mapped[str] = column("校区编号", "短编码，用于网址", String(32), primary_key=True)
    name: Mapped[str] = column("校区名称", "", String(64), aliases=("校区",))


class Cluster(Contract):
    """楼群(苑):同一组宿舍楼，党团联合工作室按楼群设置。"""

    title = "楼群台账"
    keeper = "宿舍管理中心"
    __tablename__ = "cluster"

    id: Mapped[str] = column("楼群编号", "", String(32), primary_key=True)
    campus_id: Mapped[str] = column("校区编号", "", ForeignKey("campus.campus.id"), index=True)
    name: Mapped[str] = column("楼群名称", "如 桃苑", String(64), aliases=("楼群", "苑", "园区"))
    aliases: Mapped[str | None] = column("楼群别名", "多个别名用顿号隔开", String(256))


class Building(Contract):
    """楼宇：一栋宿舍楼。"""

    title = "楼宇台账"
    keeper = "宿舍管理中心"
    __tablename__ = "building"

    id: Mapped[str] = column("楼宇编号", "", String(32), primary_key=True)
    cluster_id: Mapped[str] = column("楼群编号", "", ForeignKey("campus.cluster.id"), index=True)
    name: Mapped[str] = column(
        "楼宇名称", "如 桃苑3号楼", String(64), aliases=("楼宇", "楼栋", "宿舍楼")
    )
    aliases: Mapped[str | None] = column(
        "楼宇别名", "多个别名用顿号隔开，如 桃3、桃3楼", String(256)
    )
    residents: Mapped[str] = column(
        "居住对象", "同类楼宇才相互比较", choice("building_residents", "本科生", "研究生", "混合")
    )
    residential: Mapped[bool] = column("是否住宿", "覆盖率只统计住宿楼宇", default=True)
    opened: Mapped[date | None] = column("启用日期", "空表示一直在用")
    closed: Mapped[date | None] = column("停用日期", "停用当日仍在用")
    upgraded: Mapped[date | None] = column("试点升级日期", "空间试点升级完成日")
    longitude: Mapped[float | None] = column("经度", "WGS-84", Float, unit="°")
    latitude: Mapped[float | None] = column("纬度", "WGS-84", Float, unit="°")
    footprint: Mapped[dict[str, Any] | None] = column(
        "楼宇轮廓", "GeoJSON Polygon 或 MultiPolygon,WGS-84", JSON(none_as_null=True)
    )
    room_code_pattern: Mapped[str | None] = column(
        "房间编码规则", "正则表达式，命名组 wing、level、room;不能解析的房间单独列出", String(128)
    )


class BuildingLead(Contract):
    """楼宇工作组：组长所在学院牵头一栋楼，按起止日期记录。"""

    title = "楼宇工作组台账"
    keeper = "学生社区党工委办公室"
    __tablename__ = "building_lead"

    building_id: Mapped[str] = column(
        "楼宇编号", "", ForeignKey("campus.building.id"), primary_key=True
    )
    starts: Mapped[date] = column("起始日期", "", primary_key=True)
    ends: Mapped[date | None] = column("终止日期", "含当日，空为至今")
    college_id: Mapped[str] = column(
        "组长所在学院编号", "", ForeignKey("campus.college.id"), index=True
    )
    leader_name: Mapped[str | None] = column(
        "组长姓名", "", String(32), aliases=("楼宇工作组组长",)
    )


class Floor(Contract):
    """楼层：有分区或单元的楼，每个分区的一层算一层。"""

    title = "楼层台账"
    keeper = "宿舍管理中心"
    __tablename__ = "floor"
    __table_args__ = (
        Index("uq_floor_place", "building_id", "wing", "level", unique=True),
        CAMPUS,
    )

    id: Mapped[str] = column("楼层编号", "", String(32), primary_key=True)
    building_id: Mapped[str] = column("楼宇编号", "", ForeignKey("campus.building.id"))
    wing: Mapped[str] = column(
        "分区", "区或单元，没有则空串", String(8), aliases=("区", "单元"), default=""
    )
    level: Mapped[int] = column("层", "地上第几层", Integer, aliases=("楼层",))
    residential: Mapped[bool] = column("是否住宿层", "架空层、公共层填否", default=True)
    organisation_required: Mapped[bool] = column(
        "是否要求设党组织", "有条件的楼宇以楼层为单位设置；不具备条件的填否", default=True
    )


class Room(Contract):
    """房间。"""

    title = "房间台账"
    keeper = "宿舍管理中心"
    __tablename__ = "room"
    __table_args__ = (
        Index("uq_room_code", "building_id", "code", unique=True),
        CAMPUS,
    )

    id: Mapped[str] = column("房间编号", "", String(32), primary_key=True)
    building_id: Mapped[str] = column("楼宇编号", "", ForeignKey("campus.building.id"))
    floor_id: Mapped[str | None] = column(
        "楼层编号", "编码不能解析时为空", ForeignKey("campus.floor.id"), index=True
    )
    code: Mapped[str] = column(
        "房间号", "如 B4051", String(16), aliases=("宿舍号", "寝室号", "房号")
    )
    beds: Mapped[int] = column("床位数", "", Integer, unit="床")
    plan: Mapped[dict[str, Any] | None] = column(
        "房间平面", "GeoJSON Polygon,楼层平面坐标", JSON(none_as_null=True)
    )
