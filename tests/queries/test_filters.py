"""A slice and its address are the same thing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import InvalidFilter
from queries.filters import ABOUT, BELONGS, DRILL, LEADS, LONGEST, NARROWING, Filters

values = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), max_size=LONGEST)
days = st.just("") | st.dates().map(date.isoformat)
slices = st.builds(
    Filters,
    term=values,
    date=days,
    **dict.fromkeys((*DRILL, "college", *NARROWING, *ABOUT), values),
    college_as=st.sampled_from((LEADS, BELONGS)),
    metric=values.filter(bool),
)


@given(slices)
def test_a_slice_survives_its_address(filters: Filters) -> None:
    assert Filters.parse(filters.search) == filters


@given(slices, st.dictionaries(st.text("xyz", min_size=1), values))
def test_parameters_of_others_are_ignored(filters: Filters, others: dict[str, str]) -> None:
    from urllib.parse import urlencode

    assert Filters.parse(f"{filters.search or '?'}&{urlencode(others)}") == filters


@given(slices)
def test_equal_slices_have_equal_addresses(filters: Filters) -> None:
    assert Filters.parse(filters.search).search == filters.search


@given(slices)
def test_what_is_usual_is_left_out(filters: Filters) -> None:
    from dataclasses import replace

    usual = replace(filters, usual=(filters.term, filters.date))
    assert "term=" not in usual.search
    assert "date=" not in usual.search


def test_usual_is_no_parameter() -> None:
    assert Filters.parse("?usual=1").usual == ("", "")


def test_the_default_slice_has_no_address() -> None:
    assert Filters().search == ""
    assert Filters.parse("") == Filters.parse("?") == Filters()


@pytest.mark.parametrize(
    ("search", "sentence"),
    [
        ("?date=gestern", "日期应当写成 2026-11-20 这样.现在是.gestern"),
        ("?date=2026-02-30", "日期应当写成 2026-11-20 这样.现在是.2026-02-30"),
        ("?college_as=friend", "学院口径只有牵头和所属两种.没有.friend"),
        ("?building=A%00", "网址里的参数 building 无法识别"),
        (f"?cluster={'长' * (LONGEST + 1)}", "网址里的参数 cluster 无法识别"),
    ],
)
def test_a_bad_value_explains_itself(search: str, sentence: str) -> None:
    with pytest.raises(InvalidFilter, match=sentence):
        Filters.parse(search)


def test_who_is_counted_is_only_narrowed_where_that_is_followed() -> None:
    chosen = Filters(campus="N", college="X", counselor="k1", degree="硕士生", metric="plate")
    assert chosen.followed(("counselor", "degree")) == chosen
    assert chosen.followed(("degree",)) == Filters(
        campus="N", college="X", degree="硕士生", metric="plate"
    )
    assert chosen.followed(("metric",)) == Filters(campus="N", college="X", metric="plate")


def test_a_brand_is_only_looked_at_on_its_page() -> None:
    assert Filters(brand="b", campus="N").followed(()) == Filters(campus="N")
    assert Filters(brand="b").followed(("brand",)) == Filters(brand="b")


@pytest.mark.parametrize(
    ("search", "id_is", "expected"),
    [
        ("?id=A", "building", Filters(building="A")),
        ("?id=b", "brand", Filters(brand="b")),
        ("?id=b&brand=c", "brand", Filters(brand="c")),
        ("?id=b&building=A", "brand", Filters(brand="b", building="A")),
    ],
)
def test_an_id_is_what_the_page_is_about(search: str, id_is: str, expected: Filters) -> None:
    assert Filters.parse(search, id_is) == expected


def test_the_level_is_the_deepest_place() -> None:
    assert [Filters().level, Filters(campus="N").level] == ["", "campus"]
    assert Filters(campus="N", floor="A1").level == "floor"


def test_drilling_up_forgets_what_lies_below() -> None:
    deep = Filters(campus="N", cluster="P", building="A", floor="A1", room="A11", college="X")
    assert deep.at("cluster", "Q") == Filters(campus="N", cluster="Q", college="X")
