"""Tables and columns that differ are named, with what to do; views and extras are welcome."""

import pytest
from sqlalchemy import Connection, text

from data.contract.check import check
from data.contract.declaration import Severity
from data.contract.foreign import looking_at
from data.contract.structure import Structure, compare
from data.engine import writing
from data.migrations.upgrading import create_tables
from data.models.tables import ALL_TABLES, contract_tables
from tests.databases import Server


def _change(url: str, *statements: str) -> None:
    """Run SQL in which `campus.` is where the contract's tables are."""
    with writing(url) as conn:
        schema = "" if _sqlite(conn) else "campus."
        for statement in statements:
            conn.execute(text(statement.replace("campus.", schema)))


def _sqlite(conn: Connection) -> bool:
    return conn.dialect.name == "sqlite"


def _compared(url: str) -> Structure:
    with looking_at(url) as conn:
        return compare(conn)


def _said(structure: Structure) -> dict[str, str]:
    return {finding.place: finding.title for finding in structure.findings}


def test_the_tables_we_make_are_the_contract(database: str) -> None:
    create_tables(database)
    structure = _compared(database)
    assert (structure.findings, structure.notes) == ((), ())
    assert structure.readable == {
        (table.name, column.name) for _, table in contract_tables() for column in table.columns
    }


def test_a_missing_table_and_a_missing_column(database: str) -> None:
    create_tables(database)
    _change(
        database,
        "DROP TABLE campus.feedback",
        "ALTER TABLE campus.student RENAME COLUMN gender TO 性别",
        "ALTER TABLE campus.award RENAME COLUMN name TO title",
    )
    structure = _compared(database)
    assert _said(structure) == {
        "feedback": "缺少这张表(活动反馈台账)",
        "student.gender(性别)": "缺少这一列(文本),是不是“性别”?",
        "award.name(奖项名称)": "缺少这一列(文本)",
    }
    assert structure.notes == ("多出的student 的列不读取：性别", "多出的award 的列不读取：title")
    assert not {("feedback", "score"), ("student", "gender")} & structure.readable
    assert ("student", "id") in structure.readable


def test_a_column_of_the_wrong_type(database: str) -> None:
    create_tables(database)
    _change(
        database,
        "DROP TABLE campus.holiday",
        "CREATE TABLE campus.holiday (term_id INTEGER, name TEXT, starts DATE, ends INTEGER)",
    )
    said = _said(_compared(database))
    assert said == {
        "holiday.term_id(学期编号)": "类型不符：应为文本，现为 INTEGER",
        "holiday.ends(结束日期)": "类型不符：应为日期，现为 INTEGER",
    }


def test_a_view_and_extra_tables_will_do(database: str) -> None:
    create_tables(database)
    _change(
        database,
        "ALTER TABLE campus.award RENAME TO prize",
        "CREATE VIEW campus.award AS SELECT prize.*, 1 AS weight FROM campus.prize",
    )
    create_tables(database)  # leaves the view as it is
    structure = _compared(database)
    assert structure.findings == ()
    assert structure.notes == ("多出的表不读取：prize", "多出的award 的列不读取：weight")


def test_without_our_own_tables_there_is_a_reminder(database: str) -> None:
    create_tables(database)
    with writing(database) as conn:
        ALL_TABLES.tables["dashboard.audit_entry"].drop(conn)
    [finding] = _compared(database).findings
    assert (finding.severity, finding.title) == (
        Severity.REMINDER,
        "看板自己的表还没有建全，缺 1 张",
    )


def test_a_database_without_the_schema(postgresql_database: str) -> None:
    report = check(postgresql_database)
    assert report.pages_would_be_wrong
    assert [finding.title for finding in report.findings] == ["缺少这个架构(schema)"]
    assert report.checks == 0


def test_a_broken_view_says_what_the_database_says(sqlite_database: str) -> None:
    create_tables(sqlite_database)
    _change(sqlite_database, "DROP TABLE award", "CREATE VIEW award AS SELECT * FROM gone")
    [title] = _said(_compared(sqlite_database)).values()
    assert title.startswith("读不了这张表或视图(获奖台账):no such table")


def test_capitals_are_the_same_name_in_sqlite_only(database: str) -> None:
    create_tables(database)
    _change(database, 'ALTER TABLE campus.award RENAME COLUMN name TO "NAME"')
    said = _said(_compared(database))
    sqlite = database.startswith("sqlite")
    assert said == ({} if sqlite else {"award.name(奖项名称)": "缺少这一列(文本),是不是“NAME”?"})


@pytest.fixture
def stranger(postgresql: Server) -> str:
    """A role that may do nothing yet."""
    postgresql.execute("DROP ROLE IF EXISTS stranger")
    postgresql.execute("CREATE ROLE stranger LOGIN")
    return "stranger"


def test_what_may_not_be_read_is_said(postgresql_database: str, stranger: str) -> None:
    create_tables(postgresql_database)
    url = postgresql_database.replace("postgres@", f"{stranger}@")
    _change(
        postgresql_database,
        f"GRANT USAGE ON SCHEMA campus TO {stranger}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA campus TO {stranger}",
        f"REVOKE SELECT ON campus.award FROM {stranger}",  # noqa: S608
    )
    structure = _compared(url)
    _change(postgresql_database, f"DROP OWNED BY {stranger}")
    [title] = _said(structure).values()
    assert title == "读不了这张表或视图(获奖台账):permission denied for table award"
