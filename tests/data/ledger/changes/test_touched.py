"""Only the terms an import concerns, and those after them, are summarised anew."""

import pytest
from sqlalchemy import text

from data.engine import engine, reading, writing
from data.ledger.changes.touched import terms_touched
from data.ledger.changes.writing import NotWritable, refuse_unwritable
from data.ledger.tables import tables
from data.migrations.upgrading import create_tables
from data.summaries.refresh import refresh
from tests.data.ledger.bringing import Rows, applied, brought, held
from tests.data.summaries.versions import builds, version
from tests.databases import Server
from tests.world import AUTUMN, SPRING, TODAY, day

VISIT = {"counselor_id": "k1", "venue": "公寓"}


@pytest.mark.parametrize(
    ("found", "terms"),
    [
        ({"visit": [VISIT | {"day": day("11-02")}]}, (AUTUMN,)),
        ({"visit": [VISIT | {"day": day("2026-05-06")}]}, (SPRING, AUTUMN)),
        ({"visit": [VISIT | {"day": day("2026-08-06")}]}, (AUTUMN,)),
        ({"visit_room": [{"visit_id": 1, "room_id": "A11"}]}, (AUTUMN,)),
        (
            {"holiday": [{"term_id": SPRING, "name": "五一", "starts": TODAY, "ends": TODAY}]},
            (SPRING, AUTUMN),
        ),
        ({"college": [{"id": "X", "name": "矿院"}]}, None),
        ({"college": [{"id": "X", "name": "矿业工程学院"}]}, ()),
    ],
)
def test_the_terms_of_the_rows(
    world_copy: str, found: dict[str, Rows], terms: tuple[str, ...] | None
) -> None:
    plan = applied(world_copy, brought(**found))
    assert not plan.problems
    with reading(world_copy) as conn:
        touched = terms_touched(conn, plan.changes)
    assert touched == terms


def test_a_refresh_builds_the_named_terms_too(world_copy: str) -> None:
    before = builds(world_copy, version(world_copy))
    made = refresh(world_copy, terms=(SPRING,), today=TODAY)
    after = builds(world_copy, made.id)
    assert set(made.terms) == {SPRING, AUTUMN}
    assert all(after[term] != before[term] for term in (SPRING, AUTUMN))


def test_without_the_right_to_write_it_says_so(postgresql: Server) -> None:
    with postgresql.database("rights") as url:
        create_tables(url)
        with writing(url) as conn:
            conn.execute(text("CREATE ROLE onlooker LOGIN"))
            conn.execute(text("GRANT USAGE ON SCHEMA campus TO onlooker"))
            conn.execute(text("GRANT SELECT ON ALL TABLES IN SCHEMA campus TO onlooker"))
            conn.execute(text("GRANT INSERT, UPDATE, DELETE ON campus.visit TO onlooker"))
        with engine(url.replace("postgres@", "onlooker@")).connect() as conn:
            refuse_unwritable(conn, [tables()["visit"][1]])
            with pytest.raises(NotWritable, match=r"没有写入“学院台账”\(college\)的权限"):
                refuse_unwritable(conn, [tables()["college"][1]])
    postgresql.execute("DROP ROLE onlooker")


def test_numbers_given_are_not_given_again(world_copy: str) -> None:
    engagement = {
        "carrier": "教授沙龙",
        "person_kind": "专家学者",
        "building_id": "A",
        "day": TODAY,
    }
    applied(world_copy, brought(engagement=[engagement]))
    with writing(world_copy) as conn:
        table = tables()["engagement"][1]
        conn.execute(table.insert().values(engagement))
    assert [row["id"] for row in held(world_copy, "engagement")] == [1, 2]
