"""What a reader is told of known faults: beside the number, and in every file made of it."""

from components.export.stamp import Stamp
from components.panels.marks import mark_text, quality_mark
from queries.filters import Filters
from queries.marks import Mark, Touch

TWO = Mark((Touch("a", "甲", 1200), Touch("b", "乙", 1)), listed=True)
HERE = Filters(term="2026-2027-1", date="2026-11-20", metric="plate", usual=("", "2026-11-20"))


def test_a_mark_says_how_many_and_leads_to_the_largest_finding() -> None:
    mark = quality_mark(TWO, HERE)
    assert mark is not None
    made = mark.to_plotly_json()["props"]
    assert made["children"][1] == "1,201"  # the title and the label say of what
    assert made["href"] == "/ledger?term=2026-2027-1&metric=plate&check=a"
    assert (
        made["title"]
        == made["aria-label"]
        == "全校数据质量提示 2 类 1,201 处：甲 1,200 处；乙 1 处"
    )


def test_without_a_list_to_open_it_is_no_link() -> None:
    mark = quality_mark(Mark(TWO.findings), HERE)
    assert mark is not None
    made = mark.to_plotly_json()
    assert (made["type"], "href" in made["props"]) == ("Span", False)


def test_where_nothing_is_wrong_there_is_no_mark() -> None:
    assert quality_mark(Mark(), HERE) is None
    assert mark_text(Mark()) == ""


def test_more_than_three_findings_are_counted() -> None:
    many = Mark(tuple(Touch(str(i), f"第{i}", 1) for i in range(5)))
    assert mark_text(many).endswith("第2 1 处；另有 2 类")


def test_a_file_tells_of_them() -> None:
    plain = Stamp("题", "全校", "2026-11-20", 7, "甲", "0" * 64, demo=False)
    assert "数据质量" not in dict(plain.lines())
    told = Stamp("题", "全校", "2026-11-20", 7, "甲", "0" * 64, demo=False, quality=mark_text(TWO))
    assert dict(told.lines())["数据质量"] == mark_text(TWO)
