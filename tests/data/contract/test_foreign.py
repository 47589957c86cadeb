"""A foreign database is opened without leaving a trace, or refused with a sentence."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data.contract.foreign import CannotOpen, looking_at, shown
from data.engine import writing


def test_nothing_can_be_written(strict_database: str) -> None:
    with looking_at(strict_database) as conn, pytest.raises(DBAPIError):
        conn.execute(text("CREATE TABLE mine (id INTEGER)"))


def test_an_open_look_sees_one_moment(strict_database: str) -> None:
    with looking_at(strict_database) as conn:
        schema = "" if conn.dialect.name == "sqlite" else "campus."
        students = text(f"SELECT count(*) FROM {schema}student")  # noqa: S608
        before = conn.scalar(students)
        with writing(strict_database) as other:
            other.execute(text(f"INSERT INTO {schema}student (id) VALUES ('late')"))  # noqa: S608
        assert conn.scalar(students) == before == 3


def test_a_file_of_another_program_stays_as_it_was(tmp_path: Path) -> None:
    """Neither the journal mode nor a byte changes, and no file appears beside it."""
    path = tmp_path / "校园 50%#1?.db"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE student (id TEXT)")
    made.close()
    before = path.read_bytes()
    with looking_at(f"sqlite:///{path}".replace("?", "%3F")) as conn:
        assert conn.scalar(text("SELECT count(*) FROM student")) == 0
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite:///{folder}/absent.db", "没有这个文件"),
        ("sqlite://", "没有文件名"),
        ("sqlite:///{folder}/notes.txt", "打不开数据库"),
        ("postgresql://me:secret@127.0.0.1:1/campus", "打不开数据库"),
        ("mysql://127.0.0.1/campus", "不支持 mysql"),
        ("community.db", "看不懂这个数据库地址"),
    ],
)
def test_what_cannot_be_opened_is_refused(tmp_path: Path, url: str, says: str) -> None:
    (tmp_path / "notes.txt").write_text("这不是数据库。" * 100, "utf-8")
    with pytest.raises(CannotOpen, match=says) as refusal, looking_at(url.format(folder=tmp_path)):
        pass
    assert "secret" not in str(refusal.value)
    assert not (tmp_path / "absent.db").exists()


def test_a_password_is_never_shown() -> None:
    assert shown("postgresql://me:secret@db/campus") == "postgresql://me:***@db/campus"
