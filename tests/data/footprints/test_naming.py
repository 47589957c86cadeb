"""Spellings of one building meet, and those of two do not."""

import pytest

from data.footprints.naming import natural_key, normalised, spellings, stem


@pytest.mark.parametrize(
    "spelling",
    [
        *("桃苑3号楼", "桃苑3#", "桃苑 3 号楼", "桃苑３＃", "桃苑3栋"),
        *("桃苑3幢", "桃苑03号", "桃苑3号宿舍楼", "桃苑3#楼", "桃苑3"),
    ],
)
def test_one_building_many_spellings(spelling: str) -> None:
    assert normalised(spelling) == "桃苑3"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("桃苑3号楼", "桃苑13号楼"),
        ("10号楼", "10号楼北楼"),
        ("14号东", "14号西"),
        ("10号楼", "1号楼"),
    ],
)
def test_two_buildings_stay_two(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


def test_dashes_brackets_and_case() -> None:
    assert normalised("33—34号楼") == normalised("33-34 #")
    assert normalised("7号楼\uff082\uff09") == normalised("7#(2)")
    assert normalised("San Rafael") == normalised("SAN  RAFAEL")


def test_aliases_are_spellings_too() -> None:
    assert spellings("桃苑3号楼", "桃3、桃3楼\uff0cT3") == {"桃苑3", "桃3", "t3"}
    assert spellings("桃苑3号楼", None) == {"桃苑3"}


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("紫荆学生公寓1号楼", "紫荆学生公寓"),
        ("紫荆学生公寓 23号楼", "紫荆学生公寓"),
        ("桃苑第3栋", "桃苑"),
        ("桃苑三号楼", "桃苑"),
        ("梅园A座", "梅园"),
        ("7号楼", ""),
        ("Manzanita", "Manzanita"),
        ("综合楼\uff081号\uff09", "综合楼"),
    ],
)
def test_what_stands_before_the_number(name: str, prefix: str) -> None:
    assert stem(name) == prefix


def test_two_comes_before_ten() -> None:
    names = ["10号楼", "2号楼", "10号楼北楼", "1号楼"]
    assert sorted(names, key=natural_key) == ["1号楼", "2号楼", "10号楼", "10号楼北楼"]
