"""The sign-in gate: nothing is answered before it is known who asks."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask, Request, Response, g, has_request_context, jsonify, redirect
from flask import request as this_request
from werkzeug.wrappers import Response as AnyResponse

from data.access import accounts, audit, origin, sessions, throttle
from data.access.viewer import ROLES, Viewer
from data.engine import reading, writing
from data.errors import NotAllowed
from data.models.dashboard import Account
from data.settings import Settings

SIGN_IN, SIGN_OUT, HEALTH, HOME = "/sign-in", "/sign-out", "/health", "/"
OPEN_PATHS = frozenset({SIGN_IN, SIGN_OUT, HEALTH, "/_favicon.ico"})
OPEN_FOLDER = "/assets/"
INTERNAL = "/_"  # Dash's own addresses: for scripts, never for the address bar
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

Identify = Callable[[Request], str | None]


def by_session_only(_request: Request) -> None:
    """The default `identify`: no single sign-on, only our own sessions."""


def install(
    server: Flask,
    *,
    database_url: str,
    settings: Settings,
    sign_in_page: Callable[..., str],
    identify: Identify = by_session_only,
) -> None:
    """Put the gate before everything `server` answers; the tables must exist.

    Single sign-on plugs in as `identify`: it names the account a request has proven to be, and
    is asked before the session.
    """
    sessions.configure(server, database_url=database_url, settings=settings)
    gate = _Gate(database_url, settings, sign_in_page, identify)
    server.before_request(gate.refuse)
    server.add_url_rule(SIGN_IN, "sign_in", gate.sign_in, methods=["GET", "POST"])
    server.add_url_rule(SIGN_OUT, "sign_out", gate.sign_out, methods=["GET", "POST"])
    server.add_url_rule(HEALTH, "health", lambda: Response("ok", mimetype="text/plain"))


def current_viewer() -> Viewer:
    """Who asks, as the gate found out."""
    viewer = g.get("viewer") if has_request_context() else None
    if viewer is None:
        raise NotAllowed("请先登录")
    return viewer


@dataclass(frozen=True)
class _Gate:
    database_url: str
    settings: Settings
    sign_in_page: Callable[..., str]
    identify: Identify

    def refuse(self) -> AnyResponse | None:
        """Runs before every request; an answer here is the only one given."""
        if origin.from_another_site(this_request):
            return _sentence("请求来自别的网站，已拒绝：请从本系统的页面操作", 403)
        path = this_request.path
        if path in OPEN_PATHS or path.startswith(OPEN_FOLDER):
            return None
        g.viewer = self.viewer()
        if g.viewer is not None:
            return None
        if this_request.method not in {"GET", "HEAD"} or path.startswith(INTERNAL):
            return _sentence("请先登录", 401)
        return _sign_in_and_return()

    def viewer(self) -> Viewer | None:
        """The person behind this request, looked up anew each time: a disabled account is out."""
        proven = accounts.canonical(self.identify(this_request) or "")
        name = proven or sessions.session_name()
        if not name:
            return None
        with reading(self.database_url) as conn:
            account = accounts.find(conn, name)
            if account is None or not account.active:
                return None
            if not (proven or sessions.fits(account)):
                return None
            return accounts.viewer_of(conn, account)

    def sign_in(self) -> AnyResponse:
        """The sign-in page, and what its forms send."""
        if this_request.method == "POST":
            demo_role = this_request.form.get("demo")
            return self._by_password() if demo_role is None else self._as_demo(demo_role)
        if self.viewer() is not None:
            return redirect(_target(), 303)
        return self._page(200)

    def sign_out(self) -> AnyResponse:
        """POST ends the session; a link or an image that GETs it must not."""
        name = sessions.end() if this_request.method == "POST" else ""
        if name:
            self._record(name, audit.SIGN_OUT)
        return redirect(SIGN_IN, 303)

    def _by_password(self) -> AnyResponse:
        typed, password = (this_request.form.get(field, "") for field in ("name", "password"))
        name = accounts.canonical(typed)
        tried = {"account": name, "address": origin.address(this_request)}
        with writing(self.database_url) as conn:
            minutes = throttle.admit(conn, **tried, at=audit.utc_now())
        if minutes:
            page = self._page(429, f"登录失败次数过多：请 {minutes} 分钟后再试", typed)
            page.headers["Retry-After"] = str(minutes * 60)
            return page
        account = accounts.verify(self.database_url, name, password)
        if account is None:
            self._record(name, audit.SIGN_IN_FAILED)
            return self._page(
                401, "账号或密码不正确：请核对后再试，忘记密码请联系数据管理员", typed
            )
        with writing(self.database_url) as conn:
            throttle.succeeded(conn, **tried)
        return self._enter(account)

    def _as_demo(self, role: str) -> AnyResponse:
        if not self._offers_demo():
            return self._page(403, "一键演示登录只在演示模式下、从运行本系统的这台电脑上可用")
        with reading(self.database_url) as conn:
            account = accounts.find(conn, f"demo-{role}") if role in ROLES else None
        if account is None or not account.active:
            return self._page(403, "没有这个演示账号：请先运行 python -m data demo 生成演示校园")
        return self._enter(account)

    def _enter(self, account: Account) -> AnyResponse:
        self._record(account.name, audit.SIGN_IN)
        sessions.start(account)
        return redirect(_target(), 303)

    def _page(self, status: int, error: str = "", name: str = "") -> Response:
        html = self.sign_in_page(next=_target(), name=name, error=error, demo=self._offers_demo())
        return Response(html, status, HEADERS, mimetype="text/html")

    def _offers_demo(self) -> bool:
        return self.settings.demo_sign_in and origin.from_this_machine(this_request)

    def _record(self, name: str, action: str) -> None:
        with writing(self.database_url) as conn:
            audit.record(conn, account=name, action=action, detail=origin.address(this_request))


def _target() -> str:
    """Where to go after signing in; the sign-in pages themselves would lead in a circle."""
    target = origin.local_path(this_request.values.get("next", HOME))
    return HOME if target.partition("?")[0] in OPEN_PATHS else target


def _sign_in_and_return() -> AnyResponse:
    query = this_request.query_string.decode("utf-8", "replace")
    target = this_request.path + (f"?{query}" if query else "")
    return redirect(SIGN_IN if target == HOME else f"{SIGN_IN}?{urlencode({'next': target})}", 302)


def _sentence(text: str, status: int) -> Response:
    answer = jsonify(error=text)
    answer.status_code = status
    return answer
