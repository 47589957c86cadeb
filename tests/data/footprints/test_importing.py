"""An import writes all of a map or nothing, and says of each feature what became of it."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from data.engine import reading, writing
from data.errors import NoData
from data.footprints import importing
from data.footprints.crs import gcj02_from_wgs84
from data.footprints.importing import import_map
from data.footprints.reading import UnusableMap
from data.footprints.report import (
    AMBIGUOUS,
    CREATED,
    MATCHED,
    REFUSED,
    REPAIRED,
    UNCHANGED,
    UNMATCHED,
    Report,
)
from data.migrations.upgrading import create_tables
from data.models.place import Building, Campus, Cluster, Floor
from tests.data.footprints.maps import SIDE, X, Y, feature, polygon, square, written
from tests.real_data import real


@pytest.fixture
def url(database: str) -> str:
    """Campus 南湖 with 桃苑1–3号楼, campus 文昌 with a 桃苑1号楼 of its own."""
    create_tables(database)
    with writing(database) as conn:
        conn.execute(insert(Campus), [{"id": "n", "name": "南湖"}, {"id": "w", "name": "文昌"}])
        clusters = [("n-t", "n"), ("w-t", "w")]
        conn.execute(
            insert(Cluster), [{"id": i, "campus_id": c, "name": "桃苑"} for i, c in clusters]
        )
        buildings = [
            ("T1", "n-t", "桃苑1号楼", None),
            ("T2", "n-t", "桃苑2号楼", "桃2、老二楼"),
            ("T3", "n-t", "桃苑3号楼", None),
            ("W1", "w-t", "桃苑1号楼", None),
        ]
        keys = ("id", "cluster_id", "name", "aliases")
        rows = [dict(zip(keys, row, strict=True), residents="混合") for row in buildings]
        conn.execute(insert(Building), [{**row, "residential": True} for row in rows])
    return database


def run(url: str, path: Path, **options: Any) -> Report:
    defaults = {"crs": "wgs84", "create_buildings": False, "campus": "南湖", "dry_run": False}
    return import_map(url, path, **{**defaults, **options})


def buildings(url: str) -> dict[str, Any]:
    with reading(url) as conn:
        return {row.id: row for row in conn.execute(select(Building.__table__))}


def numbers(report: Report, group: str) -> list[str]:
    """Which features stand in a group, by their place in the file."""
    return [finding.label.split()[1] for finding in report.of(group)]


def test_matching_by_id_name_and_alias(url: str, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        feature(None, building_id="T1"),
        feature("老二楼", polygon(square(2))),
        feature("桃苑 ３＃", polygon(square(4)[::-1])),
    )
    report = run(url, path)
    assert numbers(report, MATCHED) == ["1", "2", "3"]
    assert [(f.label, f.text) for f in report.of(REPAIRED)] == [
        ("第 3 个(id 无，桃苑 ３＃)", "环的方向已改为外环逆时针、洞顺时针")
    ]
    found = buildings(url)
    assert found["T1"].footprint == polygon(square())
    assert found["T3"].footprint == polygon(square(4))
    assert X < found["T1"].longitude < X + SIDE
    assert Y < found["T1"].latitude < Y + SIDE
    assert found["W1"].footprint is None


def test_a_second_import_changes_nothing(url: str, tmp_path: Path) -> None:
    path = written(tmp_path, feature("桃苑1号楼"), feature("桃苑2号楼", polygon(square(2))))
    assert numbers(run(url, path), MATCHED) == ["1", "2"]
    before = buildings(url)
    again = run(url, path)
    assert numbers(again, UNCHANGED) == ["1", "2"]
    assert not again.of(MATCHED)
    assert "没有需要写入的内容" in again.text()
    assert buildings(url) == before


@pytest.mark.parametrize(
    ("spoiler", "group", "says"),
    [
        (feature("杏苑1号楼", polygon(square(2))), UNMATCHED, "没有这个名称或别名"),
        (feature(None, polygon(square(2))), UNMATCHED, "没有名称"),
        (feature("桃苑1#", polygon(square(2))), AMBIGUOUS, "第 1 个、第 2 个都对上 桃苑1号楼"),
        (feature("桃苑2号楼", polygon(square(2)), id="T3"), AMBIGUOUS, "名称却对上 桃苑2号楼"),
        ({**feature("桃苑2号楼"), "geometry": None}, REFUSED, "没有几何图形"),
        (feature("桃苑2号楼", polygon(square(0.1))), REFUSED, "画的是同一处"),
    ],
)
def test_one_obstacle_stops_everything(
    url: str, tmp_path: Path, spoiler: object, group: str, says: str
) -> None:
    report = run(url, written(tmp_path, feature("桃苑1号楼"), spoiler))
    assert report.refused
    assert "2" in numbers(report, group)
    assert says in report.text()
    assert "没有写入任何内容" in report.text()
    assert all(row.footprint is None for row in buildings(url).values())


def test_namesakes_need_a_campus_or_a_place(url: str, tmp_path: Path) -> None:
    path = written(tmp_path, feature("桃苑1号楼"))
    doubtful = run(url, path, campus=None)
    assert numbers(doubtful, AMBIGUOUS) == ["1"]
    assert "桃苑1号楼(T1)、桃苑1号楼(W1)" in doubtful.text()
    assert numbers(run(url, path, campus="w"), MATCHED) == ["1"]
    settled = run(url, path, campus=None)
    assert [f.text for f in settled.of(UNCHANGED)] == ["桃苑1号楼(W1)"]


def test_a_renamed_building_is_not_made_twice(url: str, tmp_path: Path) -> None:
    run(url, written(tmp_path, feature("桃苑1号楼")))
    renamed = written(tmp_path, feature("博士公寓", polygon(square(0.1))))
    report = run(url, renamed, create_buildings=True)
    assert "位置却与 桃苑1号楼(T1) 重合" in report.text()
    assert numbers(report, AMBIGUOUS) == ["1"]


def test_a_wrong_crs_is_noticed(url: str, tmp_path: Path) -> None:
    run(url, written(tmp_path, feature("桃苑1号楼")))
    shifted = [list(gcj02_from_wgs84((x, y))) for x, y in square()]
    path = written(tmp_path, feature("桃苑1号楼", polygon(shifted)))
    assert "请核对 --crs" in run(url, path, dry_run=True).text()
    assert "请核对 --crs" not in run(url, path, crs="gcj02").text()


def test_a_dry_run_writes_nothing(url: str, tmp_path: Path) -> None:
    path = written(tmp_path, feature("桃苑1号楼"), feature("杏苑1号楼", polygon(square(2))))
    before = buildings(url)
    report = run(url, path, create_buildings=True, campus="新校区", dry_run=True)
    assert not report.refused
    assert len(report.of(CREATED)) == 4  # campus, cluster, two buildings
    assert "只是演练" in report.text()
    assert buildings(url) == before


def test_created_buildings(url: str, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        feature("杏苑10号楼", polygon(square(2)), **{"building:levels": "3"}),
        feature("杏苑2号楼", polygon(square(4)), **{"building:levels": 2}, residents="研究生"),
        feature("桃苑4号楼", polygon(square(6)), 层数="三层", 居住对象="教职工"),
        feature(None, polygon(square(8)), building_id="X9"),
        feature("桃苑1号楼"),
    )
    report = run(url, path, create_buildings=True)
    assert not report.refused
    assert numbers(report, MATCHED) == ["5"]
    with reading(url) as conn:
        clusters = {row.id: row.name for row in conn.execute(select(Cluster.__table__))}
        floors = conn.execute(select(Floor.id, Floor.building_id, Floor.level, Floor.wing)).all()
    made = {i: row for i, row in buildings(url).items() if i not in ("T1", "T2", "T3", "W1")}
    assert {i: (row.name, clusters[row.cluster_id], row.residents) for i, row in made.items()} == {
        "n-001": ("杏苑2号楼", "杏苑", "研究生"),
        "n-002": ("杏苑10号楼", "杏苑", "本科生"),
        "n-003": ("桃苑4号楼", "桃苑", "本科生"),
        "X9": ("未命名1", "零散楼宇", "本科生"),
    }
    assert made["n-003"].cluster_id == "n-t"
    assert sorted(floors) == [
        ("n-001-01", "n-001", 1, ""),
        ("n-001-02", "n-001", 2, ""),
        ("n-002-01", "n-002", 1, ""),
        ("n-002-02", "n-002", 2, ""),
        ("n-002-03", "n-002", 3, ""),
    ]
    notes = {finding.text for finding in report.of(REPAIRED)}
    assert notes == {
        "层数“三层”不是 1 至 60 的整数，没有建楼层",
        "居住对象“教职工”不认识，按本科生建立",
        "没有名称，命名为“未命名1”",
        "没有层数(building:levels),没有建楼层",
    }


def test_namesakes_are_created_apart_and_found_again(url: str, tmp_path: Path) -> None:
    """Two neighbourhoods of bare numbers, 2 km from one another, and a house on its own."""
    near = [feature(f"{n}号楼", polygon(square(2 * n)), **{"building:levels": 1}) for n in (1, 2)]
    far = [feature(f"{n}号楼", polygon(square(2 * n, 50))) for n in (1, 2)]
    path = written(tmp_path, *near, *far, feature("别墅", polygon(square(0, 100))))
    first = run(url, path, create_buildings=True, campus="新校区")
    assert not first.refused
    with reading(url) as conn:
        columns = (Building.name, Building.aliases, Cluster.name)
        joined = select(*columns).join(Cluster).where(Cluster.campus_id == "c1")
        rows = sorted(map(tuple, conn.execute(joined)))
    assert rows == [
        ("1号楼", None, "未命名楼群1"),
        ("1号楼(2)", "1号楼", "未命名楼群2"),
        ("2号楼", None, "未命名楼群1"),
        ("2号楼(2)", "2号楼", "未命名楼群2"),
        ("别墅", None, "零散楼宇"),
    ]
    second = run(url, path, create_buildings=True, campus="新校区")
    assert numbers(second, UNCHANGED) == ["1", "2", "3", "4", "5"]
    assert not second.of(CREATED)


def test_a_failure_while_writing_leaves_nothing(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise IntegrityError("", {}, Exception())

    monkeypatch.setattr(importing, "place_outlines", fail)
    path = written(tmp_path, feature("桃苑1号楼"), feature("杏苑1号楼", polygon(square(2))))
    before = buildings(url)
    with pytest.raises(IntegrityError):
        run(url, path, create_buildings=True)
    assert buildings(url) == before


def test_what_cannot_be_asked(url: str, sqlite_database: str, tmp_path: Path) -> None:
    path = written(tmp_path, feature("桃苑1号楼"))
    with pytest.raises(UnusableMap, match="请加 --campus"):
        run(url, path, create_buildings=True, campus=None)
    with pytest.raises(UnusableMap, match="没有校区“东湖”；现有校区：南湖、文昌"):
        run(url, path, campus="东湖")
    with pytest.raises(NoData, match="python -m data create"):
        run(f"{sqlite_database}.other", path)


def test_names_too_long_for_the_ledger(url: str, tmp_path: Path) -> None:
    report = run(url, written(tmp_path, feature("楼" * 57)), create_buildings=True)
    assert [f.text for f in report.of(REFUSED)] == ["名称超过 56 个字"]


@pytest.fixture
def empty(database: str) -> str:
    create_tables(database)
    return database


def places(url: str) -> tuple[int, int, dict[str, int]]:
    """How many buildings have a footprint, how many floors there are, buildings by cluster."""
    by_cluster = select(Cluster.name, func.count()).join(Building).group_by(Cluster.name)
    with reading(url) as conn:
        drawn = conn.scalar(select(func.count(Building.longitude)))
        floors = conn.scalar(select(func.count()).select_from(Floor))
        return drawn or 0, floors or 0, {row[0]: row[1] for row in conn.execute(by_cluster)}


def test_tsinghua_becomes_a_campus(empty: str) -> None:
    path = real("campus/tsinghua_dorms.geojson")
    report = run(empty, path, create_buildings=True, campus="清华大学")
    assert not report.refused, report.text()
    drawn, floors, clusters = places(empty)
    assert drawn == 75
    assert clusters == {"紫荆学生公寓": 23, "未命名楼群1": 36, "未命名楼群2": 14, "零散楼宇": 2}
    assert floors == 13 * 7 + 5 * 11 + 3 * 6
    again = run(empty, path, create_buildings=True, campus="清华大学")
    assert len(again.of(UNCHANGED)) == 75
    assert not again.of(CREATED)


def test_santa_barbara_is_repaired(empty: str) -> None:
    path = real("campus/ucsb_dorms.json")
    report = run(empty, path, create_buildings=True, campus="圣塔芭芭拉")
    assert not report.refused, report.text()
    drawn, floors, clusters = places(empty)
    assert (drawn, floors) == (26, 0)
    assert clusters == {"Manzanita": 17, "San Rafael": 3, "未命名楼群1": 5, "零散楼宇": 1}
    notes = [finding.text for finding in report.of(REPAIRED)]
    assert notes.count("坐标是文本，已转为数值") == 26
    assert notes.count("name 是列表，取第一个") == 26
    assert len(run(empty, path, campus="圣塔芭芭拉").of(UNCHANGED)) == 26
