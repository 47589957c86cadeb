"""Families of column types: what the contract asks for, and which foreign types will do."""

from enum import Enum
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, Float, Integer, Numeric, String, Time
from sqlalchemy.dialects.postgresql import DOMAIN, ENUM
from sqlalchemy.types import NullType, TypeEngine


class Family(Enum):
    """A kind of value, named as people who fill tables name it."""

    TEXT = "文本"
    INTEGER = "整数"
    FLOAT = "小数"
    DATE = "日期"
    TIME = "时刻"
    DATETIME = "日期时间"
    BOOL = "是/否"
    JSON = "JSON"


_KINDS: tuple[tuple[type[TypeEngine[Any]], Family], ...] = (
    (Boolean, Family.BOOL),
    (DateTime, Family.DATETIME),
    (Date, Family.DATE),
    (Time, Family.TIME),
    (JSON, Family.JSON),
    (Integer, Family.INTEGER),
    (Float, Family.FLOAT),
    (Numeric, Family.FLOAT),
    (String, Family.TEXT),
)
_ALSO = {Family.FLOAT: {Family.INTEGER}}
# SQLite keeps what it is given whatever a column declares; the values are looked at one by one.
_TEMPORAL = {Family.TEXT, Family.FLOAT, Family.DATE, Family.TIME, Family.DATETIME}
_ALSO_IN_SQLITE = {
    Family.INTEGER: {Family.FLOAT, Family.BOOL},
    Family.FLOAT: {Family.INTEGER},
    Family.BOOL: {Family.INTEGER, Family.FLOAT},
    Family.DATE: _TEMPORAL,
    Family.TIME: _TEMPORAL,
    Family.DATETIME: _TEMPORAL,
    Family.JSON: {Family.TEXT, Family.FLOAT},
}


def family(of: TypeEngine[Any]) -> Family | None:
    """The family of a column type; None for types the contract never uses."""
    if isinstance(of, DOMAIN):
        return family(of.data_type)
    if isinstance(of, ENUM):
        return None  # PostgreSQL does not compare its enumerations with text
    return next((found for kind, found in _KINDS if isinstance(of, kind)), None)


def fits(wanted: Family, declared: TypeEngine[Any], *, sqlite: bool) -> bool:
    """Whether a column declared so can be read as the contract's family."""
    if sqlite and isinstance(declared, NullType):
        return True  # a view's expression declares nothing
    also = (_ALSO_IN_SQLITE if sqlite else _ALSO).get(wanted, set())
    return family(declared) in {wanted, *also}
