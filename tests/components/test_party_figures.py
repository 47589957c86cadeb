"""The drawings of 先锋矩阵: labels that do not overlap, bars that hold what was counted."""

from itertools import pairwise
from typing import Any

import pandas as pd

from components.figures.loads import load_histogram
from components.figures.network import network
from components.figures.rosters import roster_bars
from components.panels.hierarchy import hierarchy
from queries.coverage import CLUSTER_COVERAGE, WORKSTATION_ENROLMENT
from queries.filters import Filters
from queries.party_hierarchy import COLUMNS

HERE = Filters(term="2026-2027-1", date="2026-11-20")


def ties() -> pd.DataFrame:
    """Three studios, twelve colleges each tied to two of them, 22 buildings, two of them alone."""
    rows: list[dict[str, Any]] = [
        {"studio_id": f"s{studio}", "college_id": f"c{number:02}"}
        for number in range(12)
        for studio in (number % 3, (number + 1) % 3)
    ]
    for number in range(22):
        studio_id = None if number > 19 else f"s{number % 3}"
        rows.append({"studio_id": studio_id, "building_id": f"b{number:02}"})
    found = pd.DataFrame(rows)
    for name in ("studio", "college", "building"):
        found[name] = found[f"{name}_id"]
    return found


def test_labels_of_a_network_stand_clear_of_each_other() -> None:
    drawn = network(ties(), CLUSTER_COVERAGE, HERE)
    inside = drawn["layout"]["height"] - drawn["layout"]["margin"]["t"]
    for x, count in ((0, 12), (1, 3), (2, 22)):
        labels = [a for a in drawn["layout"]["annotations"] if a["x"] == x and a["y"] > 0]
        heights = sorted(label["y"] for label in labels)
        assert len(heights) == count
        assert min((b - a) * inside for a, b in pairwise(heights)) > 18  # a line of text


def test_a_building_without_a_studio_is_marked() -> None:
    *_, buildings = network(ties(), CLUSTER_COVERAGE, HERE)["data"]
    assert buildings["marker"]["symbol"].count("x") == 2


def test_areas_stand_at_their_load_and_those_without_anyone_apart() -> None:
    df = pd.DataFrame({"load": [4.0, 4.4, 4.5, 6.0, None]})
    bars, orphans = load_histogram(df, WORKSTATION_ENROLMENT, HERE)["data"]
    assert dict(zip(bars["x"], bars["y"], strict=True)) == {4: 2, 5: 1, 6: 1}
    assert orphans["y"] == [1]
    assert orphans["x"][0] < min(bars["x"])


def test_what_is_on_the_roster_and_what_is_missing_make_up_a_kind() -> None:
    row = {"kind": "中共党员", "numerator": 3, "denominator": 5, "gap": 2}
    listed, missing = roster_bars(pd.DataFrame([row]), WORKSTATION_ENROLMENT, HERE)["data"]
    assert (listed["x"], missing["x"], missing["text"]) == ([3], [2], ["60.0%<br>(3/5)"])


def verdict(left: int, right: int) -> str:
    """What stands below the two trees."""
    totals = [
        {"side": side, "name": "合计", "level": "", "member": count, "total": count}
        for side, count in (("空间", left), ("组织", right))
    ]
    df = (
        pd.DataFrame(totals, columns=COLUMNS)
        .fillna({"depth": 0})
        .fillna(dict.fromkeys(COLUMNS[6:], 0))
    )
    shown: Any = hierarchy(df, WORKSTATION_ENROLMENT, HERE)
    return str(shown.children[1].children[-1])


def test_totals_that_differ_are_named_and_not_ticked_off() -> None:
    assert verdict(5, 5) == "两边合计一致：5 人"
    assert verdict(5, 4).endswith("党员：空间 5，组织 4")
