"""Accounts: passwords, their hashes, and the viewer that an account becomes."""

from datetime import date

import pytest
from argon2 import PasswordHasher
from sqlalchemy import update

from data.access import accounts, passwords
from data.access.accounts import InvalidAccount
from data.access.viewer import COLLEGE, COMMITTEE, COUNSELOR, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.models.dashboard import Account

PHRASE = "湖边的桃花开了 2026"


def add(url: str, person: Viewer, password: str | None = PHRASE) -> None:
    with writing(url) as conn:
        accounts.add(conn, person, password)


def stored(url: str, name: str) -> Account:
    with reading(url) as conn:
        account = accounts.find(conn, name)
    assert account is not None
    return account


def test_an_account_becomes_the_viewer_it_was_made_from(empty: str) -> None:
    person = Viewer(
        "t-2031", COLLEGE, college="01", may_export=True, display_name="矿业学院党委书记"
    )
    add(empty, person)
    with reading(empty) as conn:
        assert accounts.viewer_of(conn, stored(empty, "t-2031")) == person


def test_a_work_group_keeps_its_buildings(empty: str) -> None:
    add(empty, Viewer("group", WORK_GROUP, buildings=frozenset({"B1", "B2"})))
    with reading(empty) as conn:
        viewer = accounts.viewer_of(conn, stored(empty, "group"))
    assert viewer.buildings == {"B1", "B2"}


def test_a_counselor_sees_the_buildings_of_their_students(campus: str) -> None:
    expected = {
        ("C1", date(2026, 10, 9)): {"B1", "B2"},  # S2's last day in B2
        ("C1", date(2026, 10, 10)): {"B1", "B3"},
        ("C1", date(2026, 11, 23)): {"B1", "B3", "B5"},  # appointed to B5 on 1 November
        ("C1", date(2027, 2, 1)): {"B1", "B3", "B5"},  # between terms: as the autumn ended
        ("C1", date(2027, 3, 1)): {"B1", "B3", "B5"},  # spring has begun, nobody enrolled yet
        ("C1", date(2026, 8, 1)): {"B4"},  # before autumn: as last spring ended
        ("C1", date(2026, 1, 1)): set(),
        ("C2", date(2026, 10, 31)): {"B4"},  # the last day of the appointment counts
        ("C2", date(2026, 11, 1)): set(),
    }
    for counselor in ("C1", "C2"):
        add(campus, Viewer(counselor, COUNSELOR, counselor=counselor))
    with reading(campus) as conn:
        for (counselor, day), buildings in expected.items():
            viewer = accounts.viewer_of(conn, stored(campus, counselor.lower()), day=day)
            assert viewer.buildings == buildings, (counselor, day)
            assert viewer.counselor == counselor


def test_only_the_right_password_opens_an_active_account(empty: str) -> None:
    add(empty, Viewer("zhang", COMMITTEE))
    assert accounts.verify(empty, "zhang", PHRASE) is not None
    assert accounts.verify(empty, "zhang", PHRASE + " ") is None
    assert accounts.verify(empty, "nobody", PHRASE) is None
    with writing(empty) as conn:
        accounts.disable(conn, "zhang")
    assert accounts.verify(empty, "zhang", PHRASE) is None
    with writing(empty) as conn:
        accounts.enable(conn, "zhang")
    assert accounts.verify(empty, "zhang", PHRASE) is not None


def test_an_account_without_a_password_is_opened_by_none(empty: str) -> None:
    add(empty, Viewer("sso", COMMITTEE), None)
    assert accounts.verify(empty, "sso", "") is None
    assert accounts.verify(empty, "sso", "None") is None


def test_unknown_disabled_and_wrong_cost_one_hash_each(
    empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(empty, Viewer("zhang", COMMITTEE))
    add(empty, Viewer("gone", COMMITTEE))
    add(empty, Viewer("sso", COMMITTEE), None)
    with writing(empty) as conn:
        accounts.disable(conn, "gone")
    accounts.verify(empty, "nobody", PHRASE)  # the hash nobody matches is made once
    counted: list[str] = []
    real = PasswordHasher.verify

    def counting(self: PasswordHasher, hashed: str, password: str) -> bool:
        counted.append(hashed)
        return real(self, hashed, password)

    monkeypatch.setattr(PasswordHasher, "verify", counting)
    for name in ("zhang", "gone", "sso", "nobody", ""):
        assert accounts.verify(empty, name, "wrong password") is None
    assert len(counted) == 5


def test_a_hash_of_other_parameters_is_replaced_at_the_next_sign_in(
    empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(empty, Viewer("zhang", COMMITTEE))
    before = stored(empty, "zhang")
    stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", stronger)
    assert accounts.verify(empty, "zhang", "wrong password") is None
    assert stored(empty, "zhang").password_hash == before.password_hash
    assert accounts.verify(empty, "zhang", PHRASE) is not None
    after = stored(empty, "zhang")
    assert after.password_hash is not None
    assert "m=16,t=2,p=1" in after.password_hash
    assert after.session_stamp == before.session_stamp
    assert accounts.verify(empty, "zhang", PHRASE) is not None


def test_new_password_disable_and_enable_each_change_the_stamp(empty: str) -> None:
    add(empty, Viewer("zhang", COMMITTEE))
    stamps = {stored(empty, "zhang").session_stamp}
    with writing(empty) as conn:
        accounts.set_password(conn, "zhang", "another long password")
    stamps.add(stored(empty, "zhang").session_stamp)
    with writing(empty) as conn:
        accounts.disable(conn, "zhang")
    stamps.add(stored(empty, "zhang").session_stamp)
    with writing(empty) as conn:
        accounts.enable(conn, "zhang")
    stamps.add(stored(empty, "zhang").session_stamp)
    assert len(stamps) == 4
    assert accounts.verify(empty, "zhang", PHRASE) is None
    assert accounts.verify(empty, "zhang", "another long password") is not None


@pytest.mark.parametrize("name", ["", "张三", "a b", "-x", "x" * 65, "a\x00b"])
def test_impossible_names_are_refused(sqlite_empty: str, name: str) -> None:
    with pytest.raises(InvalidAccount, match="不能用"):
        add(sqlite_empty, Viewer(name, COMMITTEE))


def test_names_are_one_whatever_their_case_and_width(empty: str) -> None:
    add(empty, Viewer(" Zhang3", COMMITTEE))
    with pytest.raises(InvalidAccount, match="已经存在"):
        add(empty, Viewer("\uff3ahang3", COMMITTEE))


def test_changing_an_account_that_is_not_there_says_so(empty: str) -> None:
    with pytest.raises(InvalidAccount, match="没有账号“nobody”"), writing(empty) as conn:
        accounts.disable(conn, "nobody")


def test_a_role_nobody_knows_sees_nothing(empty: str) -> None:
    add(empty, Viewer("zhang", COMMITTEE))
    with writing(empty) as conn:
        conn.execute(update(Account).values(role="admin"))
    with reading(empty) as conn:
        viewer = accounts.viewer_of(conn, stored(empty, "zhang"))
    assert str(viewer.sees_enrolment()) == "false"
    assert str(viewer.sees_building(Account.name)) == "false"
