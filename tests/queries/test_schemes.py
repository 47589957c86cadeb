"""The schemes that ship, and what becomes of one that cannot be carried out."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import app
from data.errors import InvalidFilter, InvalidScheme
from data.schemes.scheme import (
    ACADEMIC_YEAR,
    BUILDING,
    COLLEGE_LEADS,
    HEADINGS,
    METRIC,
    RATING,
    TERM,
)
from queries.catalog import BY_KEY, CLAUSES, IN_NEED
from queries.filters import Filters
from queries.schemes import FIRST, chosen_scheme, read_all, schemes
from queries.scoring_rules import RELATIVE

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "schemes"
WORKS = ["党建引领", "力量下沉", "发展支持", "人文浸润", "学生参与"]
FORBIDDEN = re.compile("签到|打卡|登录次数|在线时长|学习时长")
BOTH = pytest.mark.parametrize("key", ["building_year", "college_year", "workstation_term"])


def test_three_schemes_ship_each_for_its_unit_and_period() -> None:
    found = {key: (one.unit, one.period) for key, one in schemes().items()}
    assert found == {
        "building_year": (BUILDING, ACADEMIC_YEAR),
        "college_year": (COLLEGE_LEADS, ACADEMIC_YEAR),
        "workstation_term": (BUILDING, TERM),
    }


@BOTH
def test_they_are_built_from_the_five_works(key: str) -> None:
    scheme = schemes()[key]
    assert [dimension.name for dimension in scheme.dimensions] == WORKS
    assert sum(scheme.weights) == 100
    assert all(weight > 0 for weight in scheme.weights)
    assert len({one.clause for one in scheme.indicators}) >= 8
    assert {one.heading for one in scheme.indicators} >= {*HEADINGS} - {"数字赋能"}
    assert {one.heading for one in schemes()[FIRST].indicators} == {*HEADINGS}


@BOTH
def test_no_score_hangs_on_the_neighbours_nor_on_what_is_forbidden(key: str) -> None:
    scheme = schemes()[key]
    for one in scheme.indicators:
        assert one.rule.kind not in RELATIVE
        assert one.source.key not in {metric.key for metric in IN_NEED}
        assert not FORBIDDEN.search(one.name + one.standard)


@BOTH
def test_a_metric_stands_once_in_a_scheme_and_under_its_own_clause(key: str) -> None:
    held = [one for one in schemes()[key].indicators if one.source.kind == METRIC]
    keys = [one.source.key for one in held]
    assert len(keys) == len({*keys})
    for one in held:
        assert one.clause == BY_KEY[one.source.key].clause, one.key


def test_what_is_said_in_a_standard_is_what_the_rule_does() -> None:
    """The percentages in the words are those of the settings."""
    for scheme in schemes().values():
        for one in scheme.indicators:
            rule, said = one.rule, re.findall(r"(\d+)%", one.standard)
            if rule.kind == "target" and said:
                assert [float(said[0]) / 100] == [rule.target], one.standard
            if rule.kind == "goalposts" and said:
                assert [float(x) / 100 for x in said] == [rule.worst, rule.best], one.standard


def test_a_rating_asks_two_raters_by_a_rubric() -> None:
    rated = [i for s in schemes().values() for i in s.indicators if i.source.kind == RATING]
    assert len(rated) == 4
    for one in rated:
        assert one.source.raters >= 2
        points = [score for _, score in one.source.rubric]
        assert points == sorted(points, reverse=True)


def test_no_workstation_means_nothing_for_party_building() -> None:
    for key in ("building_year", "workstation_term"):
        (veto,) = schemes()[key].vetoes
        assert (veto.indicator, veto.over) == ("station", "party")
        assert veto.reason


def test_a_key_group_metric_is_no_basis_of_evaluation() -> None:
    text = (FOLDER / "building_year.toml").read_text("utf-8")
    wrong = text.replace('key = "student_coverage"', 'key = "key_group_contact"')
    with pytest.raises(InvalidScheme, match="没有可用于评价的指标：key_group_contact"):
        read_all({"building_year": wrong})


def test_every_file_s_problems_are_told_together() -> None:
    text = (FOLDER / "building_year.toml").read_text("utf-8")
    bad = {"building_year": text.replace('unit = "building"', "unit = 3"), "own": "key = 3"}
    with pytest.raises(InvalidScheme) as refusal:
        read_all(bad)
    assert "building_year.toml 第 6 行：unit 应当是：非空的文字" in str(refusal.value)
    assert "own.toml 第 1 行：缺少 dimension" in str(refusal.value)
    clause = CLAUSES[2].text
    with pytest.raises(InvalidScheme, match="没有这条政策条款"):
        read_all({"building_year": text.replace(f'clause = "{clause}"', 'clause = "没有的"', 1)})


def test_the_example_of_the_readme_can_be_read() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
    text = (FOLDER / "building_year.toml").read_text("utf-8")
    own = read_all({"building_year": text, tomllib.loads(example)["key"]: example})["own_year"]
    first = schemes()["building_year"]
    changed = [k.key for k, was in zip(own.indicators, first.indicators, strict=True) if k != was]
    assert changed == ["leaders", "plates"]


def test_a_scheme_that_does_not_exist_is_told() -> None:
    assert chosen_scheme(Filters()).key == FIRST
    with pytest.raises(InvalidFilter, match="没有这个评价方案：nowhere"):
        chosen_scheme(Filters(scheme="nowhere"))


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    for name in ("data", "queries"):
        shutil.copytree(ROOT / name, tmp_path / name)
    command = [sys.executable, "-m", "queries.schemes"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.startswith("building_year 2026.1：")
    (tmp_path / "data/schemes/own.toml").write_text("key = own", encoding="utf-8")
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (1, "")
    assert "own.toml 第 1 行：不是正确的 TOML" in run.stderr
    assert "Traceback" not in run.stderr


def test_the_server_does_not_start_with_a_broken_scheme(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise InvalidScheme("评价方案 own.toml 有 1 处问题")

    def served(*_: object, **__: object) -> None:
        raise AssertionError("it was served")

    monkeypatch.setattr(app, "schemes", broken)
    monkeypatch.setattr(app, "refuse_taken_port", lambda *_: None)
    monkeypatch.setattr(app, "Granian", served)
    with pytest.raises(InvalidScheme):
        app.main()
