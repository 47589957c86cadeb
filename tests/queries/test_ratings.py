"""Ratings by hand in the world of tests/rated.py: values, progress, the form, who gives what."""

import time
from collections.abc import Iterator
from datetime import datetime
from math import isnan, sqrt
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, func, insert, select

from data.access.viewer import COLLEGE, COMMITTEE, COUNSELOR, EVALUATOR, STEWARD, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.errors import DashboardError, InvalidFilter, NotAllowed
from data.models.dashboard import AuditEntry
from data.models.rating import GivenRating
from data.schemes.scheme import BUILDING, COLLEGE_BELONGS
from queries.choices import latest_version
from queries.evaluation import evaluate
from queries.evaluation_period import Period, period_of
from queries.filters import Filters
from queries.rating_form import rating_form
from queries.rating_giving import give, is_web_address
from queries.rating_items import (
    BY_INDICATOR,
    BY_RATER,
    TOTAL,
    rating_progress,
    rating_states,
    rating_waiting,
)
from queries.ratings import local
from queries.source_rating import rating_values
from tests import rated
from tests.queries.slices import slice_of
from tests.rated import BY_GROUP, STATION
from tests.world import AUTUMN

EVA = Viewer("eva", EVALUATOR, display_name="评委甲")
TWO = Viewer("r02", EVALUATOR)
DEAN = Viewer("dean", COMMITTEE, display_name="党工委")
OTHERS = (
    Viewer("c", COLLEGE, college="X"),
    Viewer("g", WORK_GROUP, buildings=frozenset("A")),
    Viewer("k", COUNSELOR, counselor="k1", buildings=frozenset("A")),
    Viewer("s", STEWARD),
    Viewer("nobody"),
)
SAID = {"kind": "score", "level": "良", "score": "", "evidence": "看了档案", "link": ""}


@pytest.fixture
def url(world_copy: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A world with a ledger of ratings, evaluated by the scheme of tests/rated.py."""
    with writing(world_copy) as conn:
        rated.fill(conn)
    monkeypatch.setattr("queries.schemes.schemes", lambda: {"building_year": rated.scheme()})
    return world_copy


@pytest.fixture
def conn(url: str) -> Iterator[Connection]:
    with reading(url) as opened:
        yield opened


def values(conn: Connection, indicator: Any, kind: str = "term", unit: str = BUILDING) -> Any:
    """Values, used and asked of A to D; X and Y where colleges are judged."""
    period: Period = period_of(conn, slice_of(), kind)
    units = ["A", "B", "C", "D"] if unit == BUILDING else ["X", "Y"]
    found = rating_values(conn, rated.scheme(unit), indicator, period, units)
    assert list(found["unit_id"]) == units
    return found.set_index("unit_id")


def shown(found: pd.DataFrame) -> list[tuple[float | None, int, int]]:
    return [
        (None if isnan(r.value) else round(r.value, 4), int(r.numerator), int(r.denominator))
        for r in found.itertuples()
    ]


def test_the_autumn_by_hand(conn: Connection) -> None:
    found = values(conn, STATION)
    assert shown(found) == [(85, 2, 2), (None, 2, 2), (82.5, 2, 3), (None, 1, 2)]
    assert list(found["why"]) == [
        "",
        "两位评分人相差 15 分，待第三人评分或商议",
        "",
        "还缺 1 位评分人",
    ]
    assert found.loc["A", "error"] == pytest.approx(5)
    assert isnan(found.loc["B", "error"])


def test_groups_by_hand(conn: Connection) -> None:
    found = values(conn, BY_GROUP)
    weighed = round((20 * 95 + 50 * 82) / 70, 4)
    assert shown(found) == [(weighed, 3, 3), (None, 3, 3), (None, 0, 2), (None, 0, 2)]
    assert "相差 20 分" in found.loc["B", "why"]
    assert found.loc["C", "why"] == "还缺 2 位评分人"


def test_a_year_is_the_mean_of_its_terms(conn: Connection) -> None:
    """A 62 and 85; C has one rating in the spring: the autumn alone; the others as in autumn."""
    found = values(conn, STATION, "calendar_year")
    assert shown(found) == [(73.5, 4, 4), (None, 2, 2), (82.5, 2, 3), (None, 1, 2)]
    assert found.loc["A", "error"] == pytest.approx(sqrt(2**2 + 5**2) / 2)
    assert shown(values(conn, STATION, "academic_year")) == shown(values(conn, STATION))


def test_colleges_have_their_own(conn: Connection) -> None:
    assert shown(values(conn, STATION, unit=COLLEGE_BELONGS)) == [(None, 1, 2), (None, 0, 2)]


def form(at: datetime | None = None, **more: Any) -> dict[str, Any]:
    """A row of our own table: eva gives A's station 95 for the autumn."""
    row = {"scheme": "hand", "scheme_version": "1", "indicator": "station", "unit_kind": BUILDING}
    row |= {"unit_id": "A", "period": AUTUMN, "kind": "score", "rater": "eva", "rater_name": "甲"}
    return row | {"score": 95.0, "evidence": "见了", "at": at or rated.at("2026-11-20")} | more


def put(url: str, *given: dict[str, Any]) -> None:
    with writing(url) as conn:
        conn.execute(insert(GivenRating), list(given))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], (85, 2, 2)),
        ([form()], (92.5, 2, 3)),  # 80, 90, 95: the two closest
        ([form(rater="r01")], (92.5, 2, 2)),  # R01 of the ledger, later: 95 and 90
        ([form(rater="r01", at=rated.at("2026-11-02"))], (85, 2, 2)),  # R01 said 80 after that
        ([form(rater="r01", score=1.0), form(rater="r01")], (92.5, 2, 2)),  # the latest of two
        ([form(kind="agreed", score=77.0)], (77, 2, 2)),
        ([form(kind="agreed", score=77.0), form(kind="agreed", score=78.0), form()], (78, 3, 3)),
        ([form(period="2026-2027")], (85, 2, 2)),  # another period
        ([form(scheme="other")], (85, 2, 2)),
        ([form(unit_kind=COLLEGE_BELONGS)], (85, 2, 2)),
        ([form(unit_id="B")], (85, 2, 2)),
    ],
)
def test_ledger_and_form_together(
    url: str, given: list[dict[str, Any]], expected: tuple[float, int, int]
) -> None:
    if given:
        put(url, *({"level": "", "link": "", "rater_group": "", **one} for one in given))
    with reading(url) as conn:
        assert shown(values(conn, STATION))[0] == expected


def test_the_form_counts_in_each_term_of_its_period(url: str) -> None:
    """A in 2026: spring 60, 64, 62 → 62; autumn 80, 90, 62 → 85. D has no rating in the spring."""
    row: dict[str, Any] = {"level": "", "link": "", "rater_group": "", "score": 62.0}
    row["period"] = "2026"
    put(url, form(**row), form(**row | {"unit_id": "D", "score": 90.0}))
    with reading(url) as conn:
        found = values(conn, STATION, "calendar_year")
    assert shown(found) == [(73.5, 5, 6), (None, 2, 2), (82.5, 2, 3), (89, 2, 2)]


def test_progress_by_hand(conn: Connection) -> None:
    found = rating_progress(conn, slice_of(), EVA)
    rows = {(r.part, r.key): r for r in found.itertuples(index=False)}
    total = rows[TOTAL, ""]
    assert (total.numerator, total.denominator, total.items) == (2 + 2 + 2 + 1 + 2 + 2, 16, 8)
    states = ("apart", "short", "none", "done", "agreed")
    assert [getattr(total, state) for state in states] == [2, 1, 2, 3, 0]
    station = rows[BY_INDICATOR, "station"]
    assert (station.numerator, station.denominator) == (7, 8)
    assert [getattr(station, state) for state in states] == [1, 1, 0, 2, 0]
    raters = {key: r.numerator for (part, key), r in rows.items() if part == BY_RATER}
    assert list(raters.items()) == [("r01", 7), ("r02", 6), ("r03", 1), ("w", 2)]
    assert set(found["period"]) == {AUTUMN}


def test_what_waits_comes_furthest_apart_first(conn: Connection) -> None:
    found = rating_waiting(conn, slice_of(), TWO)
    told = [(r.unit_id, r.indicator, r.state, r.mine) for r in found.itertuples()]
    assert told == [
        ("B", "groups", "apart", True),
        ("B", "station", "apart", True),
        ("D", "station", "short", False),
    ]
    assert list(found["gap"])[:2] == [20, 15]
    assert not any(rating_waiting(conn, slice_of(), EVA)["mine"])


@pytest.mark.parametrize("viewer", OTHERS, ids=lambda viewer: viewer.role or "nobody")
def test_others_are_not_asked(url: str, viewer: Viewer) -> None:
    with reading(url) as conn:
        for query in (rating_progress, rating_waiting, rating_states, rating_form):
            assert query(conn, slice_of(unit="A", indicator="station"), viewer).empty
    with pytest.raises(NotAllowed):
        give(url, "?unit=A&indicator=station", viewer, SAID)
    assert kept(url) == []


def kept(url: str) -> list[tuple[Any, ...]]:
    """Unit, kind, rater, score, level and evidence of what our form has."""
    g = GivenRating
    stmt = select(g.unit_id, g.kind, g.rater, g.score, g.level, g.evidence).order_by(g.id)
    with reading(url) as conn:
        return [tuple(row) for row in conn.execute(stmt)]


def audits(url: str) -> list[str]:
    stmt = select(AuditEntry.detail).where(AuditEntry.action == "rating").order_by(AuditEntry.id)
    with reading(url) as conn:
        return list(conn.scalars(stmt))


def test_a_rating_is_seen_at_once_and_every_change_is_on_record(url: str) -> None:
    search = "?unit=D&indicator=station"
    with reading(url) as conn:
        before = latest_version(conn)
        assert isnan(station_of(conn, "D"))
    give(url, search, EVA, SAID | {"evidence": "  看了\n档案 ", "link": "https://x.cn/a"})
    with reading(url) as conn:
        assert latest_version(conn) != before
        assert station_of(conn, "D") == 85  # 88 and 82
    give(url, search, EVA, SAID | {"score": "８６．5"})
    give(url, search, EVA, SAID | {"score": "86.5"})  # nothing new
    assert kept(url) == [
        ("D", "score", "eva", 82.0, "良", "看了 档案"),
        ("D", "score", "eva", 86.5, "良", "看了档案"),
    ]
    where = f"score hand {AUTUMN} D station"
    assert audits(url) == [
        f"{where}: — → 82 良 看了 档案",
        f"{where}: 82 良 看了 档案 → 86.5 良 看了档案",
    ]
    with reading(url) as conn:
        found = rating_form(conn, slice_of(unit="D", indicator="station"), EVA)
    changes = found[found["part"] == "change"]
    told = [(r.rater, r.before, r.score, r.counts, r.mine) for r in changes.itertuples()]
    assert [(who, now, counts, mine) for who, _, now, counts, mine in told] == [
        ("评委甲", 86.5, True, True),
        ("评委甲", 82.0, False, True),
        ("R01", 88.0, True, False),
    ]
    assert told[0][1] == 82.0
    assert all(pd.isna(before) for _, before, *_ in told[1:])


def station_of(conn: Connection, unit: str) -> float:
    """The value of a unit's station in the whole evaluation, through its cache."""
    raw = evaluate(conn, slice_of()).raw.set_index(["indicator", "unit_id"])
    return float(raw.loc[("station", unit), "value"])


def test_what_others_gave_is_hidden_until_one_has_rated(url: str) -> None:
    chosen = slice_of(unit="B", indicator="station")

    def seen(viewer: Viewer) -> tuple[bool, list[str]]:
        with reading(url) as conn:
            found = rating_form(conn, chosen, viewer)
        head = found.iloc[0]
        assert head["shown"] or pd.isna(head["value"])
        return bool(head["shown"]), list(found.loc[found["part"] == "change", "rater"])

    assert seen(EVA) == (False, [])
    assert seen(TWO) == (True, ["R02", "R01"])  # of the ledger
    assert seen(DEAN) == (True, ["R02", "R01"])  # who settles it
    give(url, chosen.search, EVA, SAID)
    assert seen(EVA) == (True, ["评委甲", "R02", "R01"])
    with reading(url) as conn:
        one = rating_form(conn, slice_of(unit="D", indicator="station"), DEAN)
    assert not one.iloc[0]["shown"]  # one is missing: the committee rates like others


def test_the_committee_writes_down_what_was_agreed(url: str) -> None:
    search = "?unit=B&indicator=station"
    agreed = {"kind": "agreed", "score": "79", "evidence": "三人会商"}
    with pytest.raises(NotAllowed):
        give(url, search, EVA, agreed)
    for wrong in ({"score": ""}, {"evidence": " "}, {"score": "101"}):
        with pytest.raises(InvalidFilter):
            give(url, search, DEAN, agreed | wrong)
    with pytest.raises(InvalidFilter, match="还没有 2 位评分人"):
        give(url, "?unit=D&indicator=station", DEAN, agreed)
    assert kept(url) == []
    give(url, search, DEAN, agreed)
    with reading(url) as conn:
        assert shown(values(conn, STATION))[1] == (79, 2, 2)
        assert "B" not in set(
            rating_waiting(conn, slice_of(), EVA).query("indicator == 'station'")["unit_id"]
        )
    give(url, search, EVA, SAID)
    give(url, search, DEAN, agreed | {"score": "80"})
    with reading(url) as conn:
        assert shown(values(conn, STATION))[1] == (80, 3, 3)
    assert [detail for detail in audits(url) if detail.startswith("agreed")] == [
        f"agreed hand {AUTUMN} B station: — → 79  三人会商",
        f"agreed hand {AUTUMN} B station: 79  三人会商 → 80  三人会商",
    ]


@pytest.mark.parametrize(
    ("search", "wrong", "refusal"),
    [
        ("?unit=A&indicator=station", {"level": "", "score": ""}, "请选一档"),
        ("?unit=A&indicator=station", {"score": "100.5"}, "0 到 100"),
        ("?unit=A&indicator=station", {"score": "-1"}, "0 到 100"),
        ("?unit=A&indicator=station", {"score": "nan"}, "0 到 100"),
        ("?unit=A&indicator=station", {"score": "1e1"}, "0 到 100"),
        ("?unit=A&indicator=station", {"score": "80.123"}, "两位小数"),
        ("?unit=A&indicator=station", {"level": "特优"}, "没有这一档"),
        ("?unit=A&indicator=station", {"evidence": " \n "}, "写明依据"),
        ("?unit=A&indicator=station", {"evidence": "长" * 501}, "500"),
        ("?unit=A&indicator=station", {"evidence": "a\x07b"}, "控制字符"),
        ("?unit=A&indicator=station", {"link": "javascript:alert(1)"}, "http"),
        ("?unit=A&indicator=station", {"link": "https://" + "x" * 500}, "http"),
        ("?unit=A&indicator=groups", {"level": "", "score": "80"}, "哪一类"),
        ("?unit=A&indicator=groups", {"level": "", "score": "80", "group": "自评"}, "哪一类"),
        ("?unit=A&indicator=groups", {"level": "", "score": "80", "group": "部门"}, "哪一类"),
        ("?unit=A&indicator=measured", {}, "没有这项人工指标"),
        ("?unit=A&indicator=", {}, "没有这项人工指标"),
        ("?unit=L&indicator=station", {}, "没有这个评价单位"),
        ("?unit=X&indicator=station", {}, "没有这个评价单位"),
        ("?unit=A&indicator=station&scheme=luck", {}, "没有这个评价方案"),
        ("?unit=A&indicator=station&period=week", {}, "评价周期"),
        ("?unit=A&indicator=station&date=2027-01-01", {}, "日期"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    url: str, search: str, wrong: dict[str, str], refusal: str
) -> None:
    with pytest.raises(DashboardError, match=refusal):
        give(url, search, EVA, SAID | wrong)
    assert (kept(url), audits(url)) == ([], [])


def test_one_rates_in_a_group_of_the_scheme(url: str) -> None:
    said = SAID | {"level": "", "score": "90", "group": "学生"}
    give(url, "?unit=A&indicator=groups", EVA, said)
    with reading(url) as conn:
        expected = round((20 * 95 + 50 * 82 + 30 * 90) / 100, 4)
        assert shown(values(conn, BY_GROUP))[0] == (expected, 4, 4)


def test_a_sealed_round_takes_no_rating(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queries.rating_giving.is_sealed", lambda *_: True)
    with pytest.raises(NotAllowed, match="封存"):
        give(url, "?unit=A&indicator=station", EVA, SAID)
    assert kept(url) == []


def test_a_rating_of_an_earlier_term_belongs_to_it(url: str) -> None:
    give(url, "?term=2025-2026-2&unit=C&indicator=station", EVA, SAID)
    with reading(url) as conn:
        assert shown(values(conn, STATION))[2] == (82.5, 2, 3)
        assert conn.scalar(select(func.max(GivenRating.period))) == "2025-2026-2"
        spring = Filters(term="2025-2026-2", date="2026-07-05")
        found = rating_states(conn, spring, EVA).set_index(["unit_id", "indicator"])
    assert found.loc[("C", "station"), ["state", "given", "mine"]].tolist() == ["done", 2, True]


def test_nothing_is_ever_changed_or_taken_away(url: str) -> None:
    for score in ("80", "81", "80"):
        give(url, "?unit=A&indicator=station", EVA, SAID | {"score": score})
    assert [row[3] for row in kept(url)] == [80, 81, 80]
    with reading(url) as conn:
        assert conn.scalar(select(func.count()).select_from(GivenRating)) == 3


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("https://oa.example.edu.cn/x?a=1&b=2#c", True),
        ("http://10.1.1.1:8080/", True),
        ("HTTPS://EXAMPLE.CN", True),
        ("javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.cn", False),
        ("https://", False),
        ("http:/x", False),
        ("https://[x", False),
        ('https://x.cn/"onmouseover="alert(1)', False),
        ("https://x.cn/<script>", False),
        (r"https:\\x.cn", False),
        (" https://x.cn", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_links(text: str, leads: bool) -> None:
    assert is_web_address(text) == leads


@pytest.fixture
def in_china(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server on Beijing time."""
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_china")
def test_moments_of_ours_are_those_of_the_ledgers() -> None:
    """Our tables keep UTC, the ledgers what the clock on the wall says."""
    assert local(rated.at("2026-11-20", 2)) == rated.at("2026-11-20", 10)


@pytest.mark.usefixtures("in_china")
@pytest.mark.parametrize(("hour", "value"), [(1, 85), (2, 92.5), (3, 92.5)])
def test_of_one_moment_the_form_counts(url: str, hour: int, value: float) -> None:
    """R01 said 80 in the ledger at ten by the wall, and 95 on our form at nine, ten or eleven."""
    more = {"level": "", "link": "", "rater_group": "", "rater": "r01"}
    put(url, form(rated.at("2026-11-10", hour), **more))
    with reading(url) as conn:
        assert shown(values(conn, STATION))[0] == (value, 2, 2)
