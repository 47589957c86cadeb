"""Sessions: a signed cookie that names an account, and the key every process signs it with."""

import secrets
from datetime import timedelta

from flask import Flask, request, session
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from data.engine import reading, writing
from data.models.dashboard import Account, Installation
from data.settings import Settings

ACCOUNT, STAMP = "account", "stamp"
KEY = "secret_key"


def configure(server: Flask, *, database_url: str, settings: Settings) -> None:
    """Cookie flags, lifetime and key; a session ends so long after sign-in, used or not."""
    server.secret_key = settings.secret_key or _shared_key(database_url)
    server.session_interface = _Sessions(always_secure=settings.https)
    server.config.update(
        SESSION_COOKIE_NAME="session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        SESSION_REFRESH_EACH_REQUEST=False,
    )


def start(account: Account) -> None:
    """A session of its own for each sign-in: nothing from before is carried over."""
    session.clear()
    session.permanent = True
    session.update({ACCOUNT: account.name, STAMP: account.session_stamp})


def end() -> str:
    """Forget the session; returns whose it was, "" when nobody's."""
    name = session_name()
    session.clear()
    return name


def session_name() -> str:
    """The account the session was started for; whether it is still good, `fits` says."""
    return str(session.get(ACCOUNT, ""))


def fits(account: Account) -> bool:
    """Whether the account is still as it was when the session was started."""
    return account.session_stamp == session.get(STAMP)


class _Sessions(SecureCookieSessionInterface):
    def __init__(self, *, always_secure: bool) -> None:
        self.always_secure = always_secure

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 (Flask's signature)
        return self.always_secure or request.is_secure


def _shared_key(database_url: str) -> str:
    """The key all processes of this installation share; the first one makes it."""
    kept = select(Installation.value).where(Installation.key == KEY)
    with reading(database_url) as conn:
        key = conn.scalar(kept)
    if key:
        return key
    try:
        with writing(database_url) as conn:
            conn.execute(insert(Installation).values(key=KEY, value=secrets.token_hex(32)))
    except IntegrityError:  # another process was first: its key is the key
        pass
    with reading(database_url) as conn:
        return conn.execute(kept).scalar_one()
