"""docs/campus-database.md is current, complete, and what it tells an administrator to run works."""

import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from data.contract.document import PATH, markdown
from data.engine import writing
from data.migrations.upgrading import create_tables
from data.models.contract import ledger
from data.models.tables import contract_tables
from tests.databases import Server

ROLES = ("cockpit", "campus_owner")


def test_the_page_is_current() -> None:
    assert PATH.read_text("utf-8") == markdown(), "请运行 python -m data docs"


def test_every_column_has_its_row() -> None:
    page = markdown()
    for model, table in contract_tables():
        section = page.split(f"\n### {table.name} {model.title}\n")[1].split("\n### ")[0]
        rows = [line for line in section.splitlines() if line.startswith("|")][2:]
        assert [row.split(" | ")[1] for row in rows] == [f"`{c.name}`" for c in table.columns]
        assert all(ledger(c).heading in row for c, row in zip(table.columns, rows, strict=True))


def test_a_row_says_everything_declared() -> None:
    page = markdown()
    assert (
        "| 房间号 | `code` | 文本(≤16) | 必填 |  |  | 宿舍号、寝室号、房号 | 如 B4051 |  |" in page
    )
    assert (
        "| 楼层编号 | `floor_id` | 文本(≤32) | 可空 |  |  |  | 编码不能解析时为空 | `floor.id` |"
        in page
    )
    assert "| 时长 | `hours` | 小数 | 可空 |  | 小时 |  |  |  |" in page
    assert "| 公寓、课堂、实验室 |" in page
    assert "唯一：`building_id`、`code` 合起来不重复。" in page
    assert "约束:`score BETWEEN 1 AND 5`" in page


def test_every_entry_of_the_contents_leads_to_a_heading() -> None:
    page = markdown()
    headings = {line.lstrip("# ") for line in page.splitlines() if line.startswith("#")}
    links = re.findall(r"\[(.+?)\]\(#(.+?)\)", page)
    assert len(links) == 8 + len(list(contract_tables()))
    for name, anchor in links:
        assert name in headings
        assert anchor == name.lower().replace(" ", "-")


def test_the_page_holds_no_html() -> None:
    assert not re.search(r"</?[a-z]+[^>]*>", markdown())


def test_its_sql_gives_each_role_what_it_says(postgresql: Server, postgresql_database: str) -> None:
    view, roles, grants, importing = re.findall(r"```sql\n(.+?)```", markdown(), re.DOTALL)
    for role in ROLES:
        postgresql.execute(f"DROP ROLE IF EXISTS {role}")
    _run(postgresql_database, roles)
    create_tables(postgresql_database)
    _run(postgresql_database, grants)
    try:
        _run(postgresql_database, "CREATE SCHEMA xsgl")
        _run(postgresql_database, "CREATE TABLE xsgl.xs_jbxx (xh varchar, xm varchar, xb varchar)")
        _run(postgresql_database, view)
        cockpit = postgresql_database.replace("postgres@", "cockpit@")
        owner = postgresql_database.replace("postgres@", "campus_owner@")
        _run(owner, "INSERT INTO campus.campus (id, name) VALUES ('N', '北区')")
        _run(cockpit, "SELECT * FROM campus.campus")
        _run(cockpit, "INSERT INTO dashboard.installation (key, value) VALUES ('demo', '1')")
        with pytest.raises(ProgrammingError, match="permission denied"):
            _run(cockpit, "DELETE FROM campus.campus")
        _run(postgresql_database, importing)
        _run(cockpit, "DELETE FROM campus.campus")
    finally:
        for role in ROLES:
            _run(postgresql_database, f"DROP OWNED BY {role} CASCADE")
            postgresql.execute(f"DROP ROLE {role}")


def _run(url: str, statements: str) -> None:
    with writing(url) as conn:
        conn.execute(text(statements))
