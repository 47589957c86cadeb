"""Accounts: who may sign in, kept as a password hash and the scope a viewer gets from it."""

import re
import secrets
import unicodedata
from datetime import date, datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Connection, Select, exists, insert, or_, select, union, update
from sqlalchemy.exc import IntegrityError

from data.access.audit import utc_now
from data.access.viewer import COUNSELOR, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.errors import DashboardError
from data.models.dashboard import Account
from data.models.people import CounselorBuilding, Enrolment
from data.models.place import Room
from data.models.time import Term

HASHER = PasswordHasher()
SHORTEST, LONGEST = 12, 256
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
    try:
        HASHER.verify(kept or _unmatched(), _normal(password))
    except VerificationError:
        return None
    if not account or not kept or not account.active:
        return None
    if HASHER.check_needs_rehash(kept):
        _replace_hash(database_url, account, HASHER.hash(_normal(password)))
    return account


def add(conn: Connection, person: Viewer, password: str | None) -> None:
    """A new account for `person`; without a password only single sign-on opens it."""
    name = canonical(person.name)
    if not name:
        raise InvalidAccount(
            f"账号名“{person.name}”不能用:请用小写字母、数字和 . _ - @,"
            "以字母或数字开头,最长 64 个字符"
        )
    row = {
        "name": name,
        "display_name": person.display_name or name,
        "role": person.role,
        "college_id": person.college or None,
        "building_ids": SEPARATOR.join(sorted(person.buildings)),
        "counselor_id": person.counselor or None,
        "may_export": person.may_export,
        "password_hash": None if password is None else _hash(name, password),
        "session_stamp": _stamp(),
        "active": True,
        "created": utc_now(),
    }
    try:
        conn.execute(insert(Account).values(row))
    except IntegrityError:
        raise InvalidAccount(f"账号“{name}”已经存在:换一个名字,或用 password 改它的密码") from None


def disable(conn: Connection, name: str) -> None:
    """Nobody signs in with it any more, and sessions that exist end now."""
    _change(conn, name, active=False, session_stamp=_stamp())


def enable(conn: Connection, name: str) -> None:
    """It may sign in again, with the password it had; old sessions stay ended."""
    _change(conn, name, active=True, session_stamp=_stamp())


def set_password(conn: Connection, name: str, password: str) -> None:
    """A new password; sessions opened with the old one end now."""
    hashed = _hash(canonical(name), password)
    _change(conn, name, password_hash=hashed, session_stamp=_stamp())


def viewer_of(conn: Connection, account: Account, *, day: date | None = None) -> Viewer:
    """What this account may see on a day, by default today."""
    buildings: frozenset[str] = frozenset()
    if account.role == WORK_GROUP:
        buildings = frozenset(filter(None, account.building_ids.split(SEPARATOR)))
    elif account.role == COUNSELOR and account.counselor_id:
        today = day or datetime.now().astimezone().date()
        buildings = frozenset(conn.scalars(_counseled(account.counselor_id, today)))
    return Viewer(
        name=account.name,
        role=account.role,
        college=account.college_id or "",
        buildings=buildings,
        counselor=account.counselor_id or "",
        may_export=account.may_export,
        display_name=account.display_name,
    )


def _counseled(counselor: str, day: date) -> Select[tuple[str]]:
    """Where the counselor's students live, and the buildings the counselor is appointed to.

    The latest term that has begun and has enrolments counts, as it is on the day or, between
    terms, as it was at its end.
    """
    term = (
        select(Term.id, Term.ends)
        .where(Term.starts <= day, exists().where(Enrolment.term_id == Term.id))
        .order_by(Term.starts.desc())
        .limit(1)
        .subquery()
    )
    lasts = or_(Enrolment.ends.is_(None), Enrolment.ends >= day, Enrolment.ends >= term.c.ends)
    homes = (
        select(Room.building_id)
        .join(Enrolment, Enrolment.room_id == Room.id)
        .join(term, Enrolment.term_id == term.c.id)
        .where(Enrolment.counselor_id == counselor, Enrolment.starts <= day, lasts)
    )
    appointed = select(CounselorBuilding.building_id).where(
        CounselorBuilding.counselor_id == counselor,
        CounselorBuilding.starts <= day,
        or_(CounselorBuilding.ends.is_(None), CounselorBuilding.ends >= day),
    )
    return select(union(homes, appointed).subquery().c.building_id)


def _change(conn: Connection, name: str, **values: object) -> None:
    changed = conn.execute(update(Account).where(Account.name == canonical(name)).values(values))
    if not changed.rowcount:
        raise InvalidAccount(f"没有账号“{name}”:用 python -m data account list 查看全部账号")


def _replace_hash(database_url: str, account: Account, hashed: str) -> None:
    unchanged = Account.password_hash == account.password_hash
    with writing(database_url) as conn:
        conn.execute(
            update(Account)
            .where(Account.name == account.name, unchanged)
            .values(password_hash=hashed)
        )


def _hash(name: str, password: str) -> str:
    if len(password) < SHORTEST:
        raise InvalidAccount(f"密码太短:至少 {SHORTEST} 个字符,现在是 {len(password)} 个")
    if len(password) > LONGEST:
        raise InvalidAccount(f"密码太长:最多 {LONGEST} 个字符")
    if (len(name) >= 4 and name in password.lower()) or len(set(password)) < 4:
        raise InvalidAccount("密码太容易猜:不要包含账号名,也不要只重复几个字符")
    return HASHER.hash(_normal(password))


def _normal(password: str) -> str:
    """Full-width letters from a Chinese keyboard are the same password."""
    return unicodedata.normalize("NFKC", password)


@cache
def _unmatched() -> str:
    """The hash of a password nobody knows."""
    return HASHER.hash(secrets.token_hex(32))


def _stamp() -> str:
    return secrets.token_hex(16)
