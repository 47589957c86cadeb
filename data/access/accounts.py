"""Accounts: who may sign in, kept as a password hash and the scope a viewer gets from it."""

import re
import secrets
import unicodedata
from datetime import date, datetime

from sqlalchemy import (
    Connection,
    Date,
    Select,
    String,
    bindparam,
    exists,
    insert,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.exc import IntegrityError

from data.access import passwords
from data.access.audit import utc_now
from data.access.viewer import COUNSELOR, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.errors import DashboardError
from data.models.dashboard import Account
from data.models.people import CounselorBuilding, Enrolment
from data.models.place import Room
from data.models.time import Term

NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
SEPARATOR = ","  # between the building ids of a work group


class InvalidAccount(DashboardError):
    """An account was described or named in a way that cannot be."""


def canonical(name: str) -> str:
    """The one spelling of an account name; "" where no account can have it."""
    spelled = unicodedata.normalize("NFKC", name).strip().lower()
    return spelled if NAME.fullmatch(spelled) else ""


def find(conn: Connection, name: str) -> Account | None:
    """The account of that canonical name."""
    row = conn.execute(select(Account.__table__).where(Account.name == name)).first()
    return Account(**row._mapping) if row else None


def every(conn: Connection) -> list[Account]:
    """All accounts by name."""
    rows = conn.execute(select(Account.__table__).order_by(Account.name))
    return [Account(**row._mapping) for row in rows]


def verify(database_url: str, name: str, password: str) -> Account | None:
    """The active account this password opens.

    A name nobody has costs as much time as a wrong password, and no transaction is open while
    the hash is worked out. A hash made with weaker parameters is replaced on the way.
    """
    with reading(database_url) as conn:
        account = find(conn, name)
    kept = account.password_hash if account else None
    if not passwords.matches(kept, password) or not account or not kept or not account.active:
        return None
    if fresh := passwords.renewed(kept, password):
        _replace_hash(database_url, account, fresh)
    return account


def add(conn: Connection, person: Viewer, password: str | None) -> None:
    """A new account for `person`; without a password only single sign-on opens it."""
    name = canonical(person.name)
    if not name:
        raise InvalidAccount(
            f"账号名“{person.name}”不能用：请用小写字母、数字和 . _ - @,"
            "以字母或数字开头，最长 64 个字符"
        )
    row = {
        "name": name,
        "display_name": person.display_name or name,
        "role": person.role,
        "college_id": person.college or None,
        "building_ids": SEPARATOR.join(sorted(person.buildings)),
        "counselor_id": person.counselor or None,
        "may_export": person.may_export,
        "password_hash": None if password is None else passwords.hashed(password, account=name),
        "session_stamp": _stamp(),
        "active": True,
        "created": utc_now(),
    }
    try:
        conn.execute(insert(Account).values(row))
    except IntegrityError:
        raise InvalidAccount(
            f"账号“{name}”已经存在：换一个名字，或用 password 改它的密码"
        ) from None


def disable(conn: Connection, name: str) -> None:
    """Nobody signs in with it any more, and sessions that exist end now."""
    _change(conn, name, active=False, session_stamp=_stamp())


def enable(conn: Connection, name: str) -> None:
    """It may sign in again, with the password it had; old sessions stay ended."""
    _change(conn, name, active=True, session_stamp=_stamp())


def set_password(conn: Connection, name: str, password: str) -> None:
    """A new password; sessions opened with the old one end now."""
    hashed = passwords.hashed(password, account=canonical(name))
    _change(conn, name, password_hash=hashed, session_stamp=_stamp())


def viewer_of(conn: Connection, account: Account, *, day: date | None = None) -> Viewer:
    """What this account may see on a day, by default today."""
    buildings: frozenset[str] = frozenset()
    serves: frozenset[str] = frozenset()
    if account.role == WORK_GROUP:
        buildings = frozenset(filter(None, account.building_ids.split(SEPARATOR)))
    elif account.role == COUNSELOR and account.counselor_id:
        today = day or datetime.now().astimezone().date()
        asked = {"counselor": account.counselor_id, "day": today}
        buildings = frozenset(conn.scalars(COUNSELED, asked))
        serves = frozenset(conn.scalars(APPOINTED, asked))
    return Viewer(
        name=account.name,
        role=account.role,
        college=account.college_id or "",
        buildings=buildings,
        counselor=account.counselor_id or "",
        serves=serves,
        may_export=account.may_export,
        display_name=account.display_name,
    )


def _counseled() -> Select[tuple[str]]:
    """Where the counselor's students live, and the buildings the counselor is appointed to.

    The latest term that has begun and has enrolments counts, as it is on the day or, between
    terms, as it was at its end. `counselor` and `day` are given when it is executed.
    """
    counselor, day = bindparam("counselor", type_=String), bindparam("day", type_=Date)
    begun = (
        select(Term.id)
        .where(Term.starts <= day, exists().where(Enrolment.term_id == Term.id))
        .order_by(Term.starts.desc())
        .limit(1)
    )
    homes = (
        select(Room.building_id)
        .join(Enrolment, Enrolment.room_id == Room.id)
        .join(Term, Term.id == Enrolment.term_id)
        .where(
            Enrolment.term_id == begun.scalar_subquery(),  # an index finds it, statistics or not
            Enrolment.counselor_id == counselor,
            Enrolment.starts <= day,
            or_(Enrolment.ends.is_(None), Enrolment.ends >= day, Enrolment.ends >= Term.ends),
        )
    )
    return select(union(homes, _appointed()).subquery().c.building_id)


def _appointed() -> Select[str]:
    """The buildings a counselor is appointed to on a day; parameters as above."""
    post, day = CounselorBuilding, bindparam("day", type_=Date)
    return select(post.building_id).where(
        post.counselor_id == bindparam("counselor", type_=String),
        post.starts <= day,
        or_(post.ends.is_(None), post.ends >= day),
    )


COUNSELED, APPOINTED = _counseled(), _appointed()
"""Asked with every request of a counselor: built once."""


def _change(conn: Connection, name: str, **values: object) -> None:
    changed = conn.execute(update(Account).where(Account.name == canonical(name)).values(values))
    if not changed.rowcount:
        raise InvalidAccount(f"没有账号“{name}”：用 python -m data account list 查看全部账号")


def _replace_hash(database_url: str, account: Account, hashed: str) -> None:
    unchanged = Account.password_hash == account.password_hash
    with writing(database_url) as conn:
        conn.execute(
            update(Account)
            .where(Account.name == account.name, unchanged)
            .values(password_hash=hashed)
        )


def _stamp() -> str:
    return secrets.token_hex(16)
