"""Any table as a file: its headings, its ids, its values."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert

from data.engine import reading, writing
from data.ledger.files.reading import read
from data.ledger.files.workbook import TooLongForExcel
from data.ledger.giving.exporting import NoSuchLedger, export
from data.ledger.sheet import Sheet
from data.ledger.tables import tables, title
from data.migrations.upgrading import create_tables
from data.models.contract import ledger
from data.models.place import Building, Campus, Cluster
from tests import world

OUTLINE = {"type": "Polygon", "coordinates": [[[117.1, 34.2], [117.2, 34.2], [117.1, 34.3]]]}
BUILDINGS = [
    {"id": "b1", "cluster_id": "p", "name": "=桃苑1号楼", "aliases": "-桃1", "residents": "本科生",
     "residential": True, "opened": date(2026, 9, 1), "longitude": 0.1 + 0.2, "footprint": OUTLINE},
    {"id": "b2", "cluster_id": "p", "name": "桃苑2号楼", "residents": "混合", "residential": False,
     "latitude": -34.5},
]  # fmt: skip


@pytest.fixture
def campus(database: str) -> str:
    """Two buildings with everything that is awkward to write."""
    create_tables(database)
    with writing(database) as conn:
        conn.execute(insert(Campus), [{"id": "n", "name": "南湖"}])
        conn.execute(insert(Cluster), [{"id": "p", "campus_id": "n", "name": "桃苑"}])
        for building in reversed(BUILDINGS):
            conn.execute(insert(Building), [building])
    return database


def exported(url: str, table: str, kind: str) -> Sheet:
    with reading(url) as conn:
        return read(f"a.{kind}", export(conn, table, kind=kind)).sheets[0]


def records(url: str, kind: str) -> list[dict[Any, Any]]:
    heading, *rows = exported(url, "building", kind).rows
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_a_workbook_holds_real_values(campus: str) -> None:
    first, second = records(campus, "xlsx")
    assert first["楼宇名称"] == "=桃苑1号楼"
    assert first["楼宇别名"] == "-桃1"
    assert first["启用日期"] == date(2026, 9, 1)
    assert first["经度"] == "0.30000000000000004"
    assert first["楼宇轮廓"].startswith('{"type": "Polygon"')
    assert (first["是否住宿"], second["是否住宿"]) == ("是", "否")
    assert (second["启用日期"], second["楼宇轮廓"], second["纬度"]) == (None, None, -34.5)


def test_a_csv_is_safe_to_open_and_reads_back(campus: str) -> None:
    with reading(campus) as conn:
        content = export(conn, "building", kind="csv")
    text = content.decode("utf-8-sig")
    assert content.startswith(b"\xef\xbb\xbf")
    assert "b1,p,'=桃苑1号楼,'-桃1,本科生,是,2026-09-01" in text
    assert ",-34.5," in text
    assert [r["楼宇名称"] for r in records(campus, "csv")] == ["=桃苑1号楼", "桃苑2号楼"]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_every_table_has_its_exact_headings(world_database: str, kind: str) -> None:
    for name, (_, table) in tables().items():
        sheet = exported(world_database, name, kind)
        assert list(sheet.rows[0]) == [ledger(column).heading for column in table.columns]
        if kind == "xlsx":
            assert sheet.name == title(name)


def test_rows_are_in_the_order_of_the_key(world_database: str) -> None:
    rows = exported(world_database, "enrolment", "xlsx").rows[1:]
    keys = [(row[0], row[1], row[2]) for row in rows]
    assert keys == sorted(keys)
    assert ("b2", world.AUTUMN, date(2026, 11, 1)) in keys


def test_an_outline_too_long_for_excel_asks_for_a_csv(campus: str) -> None:
    many = {"type": "Polygon", "coordinates": [[[117.123456, 34.123456]] * 2000]}
    with writing(campus) as conn:
        conn.execute(insert(Building), [{**BUILDINGS[1], "id": "b3", "footprint": many}])
    with reading(campus) as conn, pytest.raises(TooLongForExcel, match="第 4 行第 12 列"):
        export(conn, "building", kind="xlsx")
    assert len(records(campus, "csv")) == 3


def test_what_there_is_none_of_is_said(campus: str) -> None:
    with reading(campus) as conn:
        with pytest.raises(NoSuchLedger, match="没有叫“dorm”的台账；可选 "):
            export(conn, "dorm", kind="xlsx")
        with pytest.raises(NoSuchLedger, match="不能导出为“pdf”"):
            export(conn, "building", kind="pdf")
