"""Random rows that any contract table accepts, nasty text included."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import BigInteger, Column, Connection, Enum, Table, UniqueConstraint, select

from data.contract.family import Family, family
from data.contract.keys import IN_ORDER
from data.ledger.meaning.values import is_code
from data.ledger.meaning.wording import NOTHING

Row = dict[str, Any]
NASTY = (
    "=1+1", "+86 516", "-5", "@王老师", "'=1+1", "'引号", '他说"好"', "第一行\n第二行", "a,b;c\td",
    "１２３ＡＢＣ（全角）", "党徽☭😀", "1e5", "00123", "TRUE", "无", "2025-09-03", "9.3", "14:30",
    "12%", "#REF!", "#N/A", "null", "是", "=cmd|' /C calc'!A0", "＝1+1", "_x000D_", "&lt;b&gt;",
)  # fmt: skip
LETTERS = "abcXYZ0189-_.=+@'桃苑三号楼 ,\"\n，。（）１Ａ"
CODES = "abcXYZ0189-_.=+@'#桃松"
PLACES = ("cluster_id", "building_id", "floor_id")


def _text(column: Column[Any]) -> st.SearchStrategy[str]:
    """Text without blanks around it, codes in half-width: an import takes the rest away."""
    most = getattr(column.type, "length", None) or 64
    if is_code(column):
        codes = st.text(CODES, min_size=1, max_size=min(most, 12))
        codes = codes | st.sampled_from(("00123", "1e5", "TRUE", "=1+1", "-5", "@1", "'1"))
        return codes.filter(lambda code: code not in NOTHING) if column.nullable else codes
    free = st.text(LETTERS, min_size=1, max_size=min(most, 20)).filter(_kept)
    nasty = [text for text in NASTY if len(text) <= most]
    if column.nullable:  # where a cell may be empty, 无 and - mean that it is
        free, nasty = free.filter(lambda text: text not in NOTHING), sorted({*nasty} - NOTHING)
    return free | st.sampled_from(nasty)


def _kept(text: str) -> bool:
    return text.strip() == text and bool(text)


SCALARS: dict[Family, st.SearchStrategy[Any]] = {
    Family.INTEGER: st.integers(-(2**31), 2**31 - 1),
    Family.FLOAT: st.floats(-1e12, 1e12, allow_nan=False) | st.sampled_from((0.1 + 0.2, 1e-7)),
    Family.BOOL: st.booleans(),
    Family.DATE: st.dates(date(1950, 1, 1), date(2100, 12, 31)) | st.just(date(9999, 12, 31)),
    Family.TIME: st.times() | st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    Family.DATETIME: st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001
    Family.JSON: st.dictionaries(
        st.sampled_from(("type", "coordinates", "名称", "=1")),
        st.lists(st.floats(-180, 180)) | st.sampled_from(NASTY) | st.none(),
        max_size=3,
    ),
}


def _value(conn: Connection, column: Column[Any]) -> st.SearchStrategy[Any]:
    if column.foreign_keys:
        (key,) = column.foreign_keys
        known = st.sampled_from(conn.scalars(select(key.column).order_by(key.column)).all())
        return known | st.none() if column.nullable else known
    if isinstance(column.type, Enum):
        return _or_none(column, st.sampled_from(column.type.enums))
    kind = family(column.type)
    if kind is None or kind is Family.TEXT:
        text = _text(column)
        return _or_none(column, text | st.just("") if column.name == "wing" else text)
    if isinstance(column.type, BigInteger):
        return st.integers(1, 2**53)
    if column.primary_key and kind is Family.INTEGER:
        return st.integers(1, 2**31 - 1)
    return _or_none(column, SCALARS[kind])


def _or_none(column: Column[Any], values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return values | st.none() if column.nullable else values


def rows(conn: Connection, table: Table) -> st.SearchStrategy[list[Row]]:
    """Up to six rows that are not in the table, with no key twice."""
    fields = {column.name: _value(conn, column) for column in table.columns}
    taken = [dict(row) for row in conn.execute(select(table)).mappings()]
    keys = [_names(table.primary_key.columns), *_unique(table)]
    row = st.fixed_dictionaries(fields).map(lambda drawn: _valid(table, drawn))
    many = st.lists(row, min_size=1, max_size=6)
    return many.map(lambda drawn: _apart(keys, taken, drawn))


def _valid(table: Table, row: Row) -> Row:
    """The row with days in their order, a score in its bounds, and one place."""
    for first, last in IN_ORDER:
        if row.get(first) is not None and row.get(last) is not None and row[last] < row[first]:
            row = {**row, last: row[first]}
    for name in {"score", "rating"} & row.keys() if table.name != "rating" else ():
        row = {**row, name: row[name] if row[name] is None else row[name] % 5 + 1}
    if table.name == "party_organisation_scope":
        kept = next((name for name in PLACES if row[name] is not None), "")
        row = {**row, **{name: row[name] if name == kept else None for name in PLACES}}
        row = row if kept else {**row, "cluster_id": "P"}
    return row


def _apart(keys: Sequence[Sequence[str]], taken: Sequence[Row], drawn: list[Row]) -> list[Row]:
    kept: list[Row] = []
    for row in drawn:
        if not any(_same(row, other, key) for other in (*taken, *kept) for key in keys):
            kept.append(row)
    return kept


def _same(one: Row, other: Row, key: Sequence[str]) -> bool:
    return all(one[name] == other[name] for name in key)


def _unique(table: Table) -> list[list[str]]:
    found = [_names(index.columns) for index in table.indexes if index.unique]
    constraints = (c for c in table.constraints if isinstance(c, UniqueConstraint))
    return [*found, *(_names(c.columns) for c in constraints)]


def _names(columns: Any) -> list[str]:
    return [column.name for column in columns]
