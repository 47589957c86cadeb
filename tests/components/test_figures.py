"""Drawings place what they should where it should be; empty frames say why they are empty."""

import json

import pandas as pd
import pytest

from components.figures.campus_map import campus_map, footprints
from components.figures.heatmap import floor_heatmap
from components.figures.palette import NONE, SHADES, shade
from components.figures.steps import coverage_steps
from queries.coverage import BUILDING_COVERAGE, FLOOR_COVERAGE
from queries.filters import Filters

SQUARE = {
    "type": "Polygon",
    "coordinates": [
        [[117.0, 34.0], [117.001, 34.0], [117.001, 34.001], [117.0, 34.001], [117.0, 34.0]],
        [
            [117.0004, 34.0004],
            [117.0004, 34.0006],
            [117.0006, 34.0006],
            [117.0006, 34.0004],
            [117.0004, 34.0004],
        ],
    ],
}


def buildings(*rows: dict[str, object]) -> pd.DataFrame:
    usual = {
        "campus_id": "N",
        "campus": "北区",
        "cluster_id": "P",
        "cluster": "桃苑",
        "kind": "本科生",
        "owner": None,
        "longitude": None,
        "latitude": None,
        "footprint": None,
        "residents": 10,
        "numerator": 0,
        "denominator": 1,
        "exempt": 0,
    }
    return pd.DataFrame([{**usual, **row} for row in rows])


CAMPUS = buildings(
    {"building_id": "A", "building": "桃苑1号楼", "footprint": SQUARE, "numerator": 1},
    {"building_id": "B", "building": "桃苑2号楼", "longitude": 117.002, "latitude": 34.0},
    {"building_id": "C", "building": "桃苑3号楼"},
    {"building_id": "D", "building": "文昌1号楼", "campus": "南区", "cluster_id": "Q",
     "cluster": "东苑", "denominator": 0},
)  # fmt: skip


def test_every_building_is_on_the_map_whatever_is_known_of_it() -> None:
    figure = campus_map(CAMPUS, BUILDING_COVERAGE, Filters())
    drawn = {t["meta"]["place"] for t in figure["data"] if "place" in t.get("meta", {})}
    assert drawn == {"A", "B", "C", "D"}
    json.dumps(figure)


def test_a_click_goes_to_the_cluster_first_and_then_to_the_building() -> None:
    above = campus_map(CAMPUS, BUILDING_COVERAGE, Filters())
    inside = campus_map(CAMPUS.head(3), BUILDING_COVERAGE, Filters(campus="N", cluster="P"))
    first = next(t["meta"] for t in above["data"] if t.get("meta", {}).get("place") == "A")
    second = next(t["meta"] for t in inside["data"] if t.get("meta", {}).get("place") == "A")
    assert first["cluster"] == "P"
    assert second["building"] == "A"


def test_only_a_real_outline_is_drawn_solid_and_its_hole_is_kept() -> None:
    figure = campus_map(CAMPUS, BUILDING_COVERAGE, Filters())
    lines = {t["meta"]["place"]: t for t in figure["data"] if "place" in t.get("meta", {})}
    assert {k: t["line"]["dash"] for k, t in lines.items()} == {
        "A": "solid", "B": "dash", "C": "dash", "D": "dash",
    }  # fmt: skip
    assert lines["A"]["x"].count(None) == 1


def test_metres_keep_a_buildings_shape() -> None:
    rings, sure = footprints(CAMPUS.head(1))["A"]
    xs, ys = [x for x, _ in rings[0]], [y for _, y in rings[0]]
    assert sure
    assert max(xs) - min(xs) == pytest.approx(92.3, abs=0.1)  # 0.001° × cos 34° × 111.32 km
    assert max(ys) - min(ys) == pytest.approx(111.3, abs=0.1)


def test_the_legend_counts_buildings_by_class() -> None:
    names = [t["name"] for t in campus_map(CAMPUS, BUILDING_COVERAGE, Filters())["data"][:3]]
    assert names == ["0%（2栋）", "100%（1栋）", "无数值（1栋）"]


@pytest.mark.parametrize(
    ("value", "name"),
    [(None, "无数值"), (0.0, "0%"), (0.01, "0–50%"), (0.5, "0–50%"), (0.51, "50–80%"),
     (0.8, "50–80%"), (0.99, "80–100%"), (1.0, "100%")],
)  # fmt: skip
def test_classes_of_rates(value: float | None, name: str) -> None:
    assert shade(value).name == name


def test_no_class_is_only_a_colour() -> None:
    assert len({s.css for s in (*SHADES, NONE)}) == len({s.colour for s in (*SHADES, NONE)}) == 6


def floors() -> pd.DataFrame:
    columns = [
        "building",
        "floor_id",
        "floor",
        "wing",
        "level",
        "numerator",
        "denominator",
        "exempt",
    ]
    rows = [
        ["甲", "a1", "A区1层", "A", 1, 1, 1, 0],
        ["甲", "a2", "A区2层", "A", 2, 0, 1, 0],
        ["甲", "b1", "B区1层", "B", 1, 0, 0, 1],
        ["乙", "c2", "2层", "", 2, 3, 4, 0],
    ]
    return pd.DataFrame(rows, columns=columns)


def test_a_heatmap_stands_wings_side_by_side_and_marks_what_colour_says() -> None:
    figure = floor_heatmap(floors(), FLOOR_COVERAGE, Filters())
    cells = figure["data"][0]
    assert cells["y"] == ["甲", "乙"]
    assert cells["customdata"] == [["a1", "a2", None, "b1"], [None, "c2", None, None]]
    assert cells["text"] == [["", "✕", "", "–"], ["", "75", "", ""]]
    assert figure["layout"]["xaxis"]["ticktext"] == ["1", "2", "1"]


def test_a_heatmap_keeps_what_has_no_floor_in_a_column_of_its_own() -> None:
    unplaced = ["乙", "", "未归属", "", 0, 0, 2, 0]
    frame = pd.concat([floors(), pd.DataFrame([unplaced], columns=floors().columns)])
    figure = floor_heatmap(frame.reset_index(drop=True), FLOOR_COVERAGE, Filters())
    assert figure["layout"]["xaxis"]["ticktext"] == ["1", "2", "1", "未归属"]
    assert figure["data"][0]["text"][1] == ["", "75", "", "", "", "0"]
    assert figure["data"][0]["customdata"][1][-1] is None


def test_steps_hold_until_the_day_asked_for_and_mark_what_happened() -> None:
    frame = pd.DataFrame(
        {
            "day": ["2026-09-07", "2026-11-01"],
            "numerator": [1, 2],
            "denominator": [2, 2],
            "event": ["", "成立 工作站"],
        }
    )
    line, marks = coverage_steps(frame, BUILDING_COVERAGE, Filters(date="2026-11-20"))["data"]
    assert line["x"] == ["2026-09-07", "2026-11-01", "2026-11-20"]
    assert line["y"] == [0.5, 1.0, 1.0]
    assert marks["x"] == ["2026-11-01"]


@pytest.mark.parametrize("draw", [campus_map, floor_heatmap, coverage_steps])
def test_an_empty_frame_says_so(draw: object) -> None:
    figure = draw(CAMPUS.head(0), BUILDING_COVERAGE, Filters())  # type: ignore[operator]
    assert figure["layout"]["annotations"][0]["text"]
