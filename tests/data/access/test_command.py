"""`python -m data account …` as a steward types it."""

import getpass
import io

import pytest
from sqlalchemy import select

from data.__main__ import main
from data.access import accounts
from data.access.viewer import COMMITTEE, COUNSELOR, WORK_GROUP, Viewer
from data.engine import reading
from data.models.dashboard import AuditEntry

PHRASE = "a long enough password"


@pytest.fixture
def empty(sqlite_empty: str) -> str:
    """The command line is the same on every database: one is enough."""
    return sqlite_empty


@pytest.fixture(autouse=True)
def _typed_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: PHRASE)


def account(url: str, *words: str) -> int:
    return main(["--database", url, "account", *words])


def viewer(url: str, name: str) -> Viewer:
    with reading(url) as conn:
        found = accounts.find(conn, name)
        assert found is not None
        return accounts.viewer_of(conn, found)


def test_add_asks_for_the_password_and_lets_the_person_in(campus: str) -> None:
    assert account(campus, "add", "zhang", "--role", "committee", "--export") == 0
    assert viewer(campus, "zhang") == Viewer(
        "zhang", COMMITTEE, may_export=True, display_name="zhang"
    )
    assert accounts.verify(campus, "zhang", PHRASE) is not None


def test_scope_may_be_given_by_id_or_by_name(campus: str) -> None:
    buildings = "B1，桃苑3号楼\uff0c B2"
    assert account(campus, "add", "group", "--role", WORK_GROUP, "--buildings", buildings) == 0
    assert viewer(campus, "group").buildings == {"B1", "B2", "B3"}
    assert account(campus, "add", "wang", "--role", COUNSELOR, "--counselor", "王老师") == 0
    assert viewer(campus, "wang").counselor == "C1"
    assert account(campus, "add", "dean", "--role", "college", "--college", "矿业学院") == 0
    assert viewer(campus, "dean").college == "01"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("college",), "必须用 --college"),
        (("work_group",), "必须用 --buildings"),
        (("counselor",), "必须用 --counselor"),
        (("committee", "--college", "01"), "不用 --college"),
        (("college", "--college", "矿业学校"), "相近的有：矿业学院(01)"),
        (("college", "--college", "矿业"), "请改用编号：02、03"),
        (("work_group", "--buildings", "B1，桃苑9号楼"), "没有楼宇“桃苑9号楼”；相近的有：桃苑"),
        (("work_group", "--buildings", ","), "必须用 --buildings"),
        (("counselor", "--counselor", "C9"), "没有辅导员“C9”；相近的有：王老师(C1)"),
    ],
)
def test_a_scope_that_does_not_exist_is_explained(
    campus: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    assert account(campus, "add", "new", "--role", *words) == 2
    assert says in capsys.readouterr().err
    with reading(campus) as conn:
        assert accounts.every(conn) == []


def test_the_whole_life_of_an_account(campus: str, capsys: pytest.CaptureFixture[str]) -> None:
    account(campus, "add", "zhang", "--role", "committee", "--display-name", "张书记")
    account(campus, "disable", "zhang")
    assert accounts.verify(campus, "zhang", PHRASE) is None
    capsys.readouterr()
    account(campus, "list")
    assert capsys.readouterr().out == (
        "zhang\t张书记\tcommittee\t-\t不可导出\t已停用\n共 1 个账号\n"
    )
    account(campus, "enable", "zhang")
    assert accounts.verify(campus, "zhang", PHRASE) is not None
    with reading(campus) as conn:
        actions = conn.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["account_add", "account_disable", "account_enable"]


def test_a_password_may_come_from_standard_input(
    campus: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    account(campus, "add", "zhang", "--role", "committee")
    monkeypatch.setattr("sys.stdin", io.StringIO("湖边的桃花开了 2026\r\nnot this\n"))
    assert account(campus, "password", "zhang", "--password-stdin") == 0
    assert accounts.verify(campus, "zhang", "湖边的桃花开了 2026") is not None


def test_two_different_passwords_change_nothing(
    campus: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter(["first long password", "second long password"])
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: next(typed))
    assert account(campus, "add", "zhang", "--role", "committee") == 2
    assert "两次输入的密码不一样" in capsys.readouterr().err


@pytest.mark.parametrize("action", ["disable", "enable", "password"])
def test_an_unknown_account_is_a_sentence(
    campus: str, capsys: pytest.CaptureFixture[str], action: str
) -> None:
    assert account(campus, action, "nobody") == 2
    assert "没有账号“nobody”" in capsys.readouterr().err


def test_a_database_without_tables_is_a_sentence(
    sqlite_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert account(sqlite_database, "list") == 2
    assert "python -m data create" in capsys.readouterr().err


def test_no_password_is_ever_an_argument(empty: str) -> None:
    with pytest.raises(SystemExit):
        account(empty, "add", "zhang", "--role", "committee", "--password", PHRASE)
