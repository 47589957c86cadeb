"""A file that is no map is refused in a sentence; a feature keeps its name, id and problem."""

import json
from pathlib import Path
from typing import Any

import pytest

from data.footprints import reading
from data.footprints.reading import Feature, UnusableMap, read
from tests.data.footprints.maps import collection, feature, written


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"type": "FeatureCollection", "features": [{"type"', "不是完整的 JSON.*第 1 行"),
        ("名称,经度\n1号楼,117", "不是完整的 JSON"),
        ('{"type": "Feature", "geometry": null}', "不是 GeoJSON FeatureCollection"),
        ("[1, 2]", "不是 GeoJSON FeatureCollection"),
        ('{"type": "FeatureCollection", "features": {}}', "不是 GeoJSON FeatureCollection"),
        ('{"type": "FeatureCollection", "features": []}', "没有任何要素"),
        ("[" * 200_000, "过深的嵌套"),
        ("[" + "9" * 5000 + "]", "过长的数字"),
    ],
)
def test_what_is_no_map(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "map.geojson"
    path.write_text(content, "utf-8")
    with pytest.raises(UnusableMap, match=says):
        read(path)


def test_encodings(tmp_path: Path) -> None:
    path = tmp_path / "map.geojson"
    content = json.dumps(collection(feature("桃苑1号楼")), ensure_ascii=False)
    path.write_bytes(content.encode("utf-8-sig"))
    assert read(path)[0].name == "桃苑1号楼"
    path.write_bytes(content.encode("gb18030"))
    with pytest.raises(UnusableMap, match="不是 UTF-8"):
        read(path)


def test_missing_and_oversized_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnusableMap, match="打不开"):
        read(tmp_path / "nothing.geojson")
    with pytest.raises(UnusableMap, match="打不开"):
        read(tmp_path)
    monkeypatch.setattr(reading, "MEGABYTES", 0)
    with pytest.raises(UnusableMap, match="超过 0 MB"):
        read(written(tmp_path, feature("桃苑1号楼")))


@pytest.mark.parametrize(
    ("name", "accepted"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", True),
        ("urn:ogc:def:crs:EPSG::4326", True),
        ("EPSG:4490", True),
        ("EPSG:3857", False),
        ("urn:ogc:def:crs:EPSG::2437", False),
    ],
)
def test_a_declared_projection_is_refused(tmp_path: Path, name: str, accepted: bool) -> None:
    path = tmp_path / "map.geojson"
    declared = {"type": "name", "properties": {"name": name}}
    path.write_text(json.dumps(collection(feature("1号楼"), crs=declared)), "utf-8")
    if accepted:
        assert len(read(path)) == 1
    else:
        with pytest.raises(UnusableMap, match=name):
            read(path)


def one(tmp_path: Path, raw: object) -> Feature:
    return read(written(tmp_path, raw))[0]


@pytest.mark.parametrize(
    ("properties", "name", "note"),
    [
        ({"name": " 桃苑\u30001号楼 "}, "桃苑 1号楼", None),
        ({"name": ["Manzanita", "M"]}, "Manzanita", "name 是列表，取第一个"),
        ({"name": 3}, "3", None),
        ({"name": None, "楼栋": "桃苑1号楼"}, "桃苑1号楼", "没有 name,名称取自 楼栋"),
        ({"name": " ", "name:en": "Building 9"}, "Building 9", "没有 name,名称取自 name:en"),
        ({"name": []}, None, None),
        ({}, None, None),
    ],
)
def test_names(tmp_path: Path, properties: dict[str, Any], name: str, note: str | None) -> None:
    found = one(tmp_path, {"type": "Feature", "properties": properties, "geometry": None})
    assert (found.name, found.notes) == (name, (note,) if note else ())


def test_ids_the_most_deliberate_first(tmp_path: Path) -> None:
    found = one(tmp_path, {**feature("a", id=7, building_id="T1"), "id": 3.0})
    assert found.ids == ("T1", "3", "7")
    assert found.label == "第 1 个(id T1，a)"
    assert one(tmp_path, feature("a", 楼宇编号="T2")).building_id == "T2"
    assert one(tmp_path, feature(None)).label == "第 1 个(id 无，未命名)"


def test_broken_features_and_duplicate_ids(tmp_path: Path) -> None:
    broken = [17, {"type": "Polygon"}, {"type": "Feature", "properties": [1]}]
    twice = [feature("a", id=5), feature("a", id=5), feature("b", id=6)]
    problems = [found.problem for found in read(written(tmp_path, *broken, *twice))]
    assert problems == [
        "不是 Feature",
        "不是 Feature",
        "properties 不是键值对",
        "编号 5 与第 5 个重复",
        "编号 5 与第 4 个重复",
        None,
    ]
