"""重点群体 on a demo campus of 1,500 students: what is shown is true and tells no more."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, select

from data.access.viewer import COMMITTEE, COUNSELOR, Viewer
from data.engine import reading
from data.models.evaluation import SUPPORT_CATEGORIES
from data.models.people import College
from queries.filters import BELONGS, Filters
from queries.key_groups import CATEGORY, ONE_COLLEGE, key_group_rates, key_groups, week_end
from queries.suppression import Group
from tests.brute_force_contacts import Ledgers, Who, key_group_contact
from tests.queries.attacking import Published, Text, narrow

DEAN = Viewer("dean", COMMITTEE)


@pytest.fixture
def conn(demo: str) -> Iterator[Connection]:
    """Reads the demo campus."""
    with reading(demo) as opened:
        yield opened


def week_ends(ledgers: Ledgers) -> Iterator[tuple[str, date]]:
    """Every end of a week of each term."""
    for name, term in ledgers.terms.items():
        day = week_end(term["starts"] + timedelta(days=6))
        while day <= term["ends"]:
            yield name, day
            day += timedelta(days=7)


def slice_at(term: str, day: date, college: str = "") -> Filters:
    return Filters(term=term, date=day.isoformat(), college=college, college_as=BELONGS)


def tables(conn: Connection, filters: Filters) -> Published | None:
    """All that is published on a day; None where nothing is."""
    found = key_groups(conn, filters, DEAN)
    texts = {(row.section, row.name): (row.total, row.met, row.unmet) for row in found.itertuples()}
    if not texts:
        return None
    own, kinds = (
        {name: text for (where, name), text in texts.items() if where == section}
        for section in (ONE_COLLEGE, CATEGORY)
    )
    return Published(next(iter(texts.values())), own, kinds)


def counted(
    ledgers: Ledgers, term: str, day: date, colleges: dict[str, str]
) -> dict[tuple[str, str], Group]:
    """The true numbers of everything that could be published, by loops over the ledgers."""

    def group(college: str = "", category: str = "") -> Group:
        met, total = key_group_contact(ledgers, term, day, Who(college=college), category)
        return Group(total, met)

    truth = {("whole", ""): group()}
    truth |= {("part", name): group(college) for college, name in colleges.items()}
    return truth | {("overlapping", kind): group(category=kind) for kind in SUPPORT_CATEGORIES}


def shown_truly(text: Text, group: Group) -> bool:
    """Whether what is shown is so."""
    numbers = (group.total, group.met, group.unmet)
    return all(
        text == "—"
        or (text == "<5" and 1 <= number <= 4)
        or (text.startswith("≥") and number >= int(text[1:].replace(",", "")))
        or text == f"{number:,}"
        for text, number in zip(text, numbers, strict=True)
    )


def test_every_week_is_true_and_closed_to_a_reader(conn: Connection, ledgers: Ledgers) -> None:
    names = {row.id: row.name for row in conn.execute(select(College.id, College.name))}
    looks = Counter[str]()
    for term, day in week_ends(ledgers):
        published = tables(conn, slice_at(term, day))
        everyone = counted(ledgers, term, day, names)
        if published is None:
            assert not everyone["whole", ""].total
            continue
        truth = {place: everyone[place] for place in published.places}
        texts = (published.whole, *published.parts.values(), *published.overlapping.values())
        for (place, group), text in zip(truth.items(), texts, strict=True):
            assert shown_truly(text, group), (day, place)
            looks.update(text)
        missing = [group for place, group in everyone.items() if place not in truth]
        assert not any(group.total for group in missing)
        assert narrow(published, truth) == [], day
    assert min(looks["<5"], looks["—"], looks["0"]) > 20
    assert len(looks) > 50


def test_the_page_of_each_college_says_what_the_table_says(
    conn: Connection, ledgers: Ledgers
) -> None:
    names = {row.id: row.name for row in conn.execute(select(College.id, College.name))}
    told = 0
    for term, day in list(week_ends(ledgers))[::7]:
        table = key_groups(conn, slice_at(term, day), DEAN).set_index("name")
        for college, name in names.items():
            chosen = slice_at(term, day, college)
            rates = key_group_rates(conn, chosen, DEAN)
            own = key_groups(conn, chosen, DEAN)
            if name not in table.index:
                assert rates.empty
                assert own.empty
                continue
            columns = ["total", "met", "unmet", "rate"]
            assert own[columns].iloc[0].tolist() == table.loc[name, columns].tolist()
            shown = table.loc[name, ["numerator", "denominator"]]
            if shown["denominator"] > 0:
                assert rates[["numerator", "denominator"]].iloc[0].tolist() == shown.tolist()
                told += 1
            else:
                assert rates.empty
    assert told > 20


def test_the_list_of_each_counselor_equals_the_slow_count(
    conn: Connection, ledgers: Ledgers
) -> None:
    told = 0
    for term, day in list(week_ends(ledgers))[5::12]:
        for counselor in (row["id"] for row in ledgers.rows["counselor"]):
            viewer = Viewer("k", COUNSELOR, counselor=counselor)
            met, total = key_group_contact(ledgers, term, day, Who(counselor=counselor))
            own = key_groups(conn, slice_at(term, day), viewer)
            assert len(own) <= 1
            for row in own.itertuples():
                assert shown_truly((row.total, row.met, row.unmet), Group(total, met))
                told += row.unmet not in ("—", "<5")
            assert total == 0 or len(own) == 1
    assert told > 0
