"""The gate on a bare server: who gets in, how, and what everybody else is told."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask, Request
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from data.access import accounts, audit, gate, throttle
from data.access.viewer import COMMITTEE, EVALUATOR, ROLES, Viewer
from data.engine import reading, writing
from data.errors import NotAllowed
from data.models.dashboard import AuditEntry
from data.settings import Settings

PHRASE = "湖边的桃花开了 2026"
LOCAL = {"Host": "127.0.0.1:8050"}


def page(*, next: str, name: str, error: str, demo: bool) -> str:
    return json.dumps({"next": next, "name": name, "error": error, "demo": demo})


def serve(url: str, identify: gate.Identify = gate.by_session_only, **options: object) -> Flask:
    server = Flask(__name__)
    settings = Settings(database_url=url, **options)  # type: ignore[arg-type]
    gate.install(server, database_url=url, settings=settings, sign_in_page=page, identify=identify)
    for path in ("/", "/map", "/_dash-layout", "/_dash-component-suites/x.js", "/assets/x.css"):
        server.add_url_rule(path, path, lambda: "content")
    server.add_url_rule(
        "/_dash-update-component", "update", lambda: gate.current_viewer().name, methods=["POST"]
    )
    return server


@pytest.fixture
def url(sqlite_empty: str) -> str:
    with writing(sqlite_empty) as conn:
        accounts.add(conn, Viewer("zhang", COMMITTEE), PHRASE)
        for role in ROLES:
            accounts.add(conn, Viewer(f"demo-{role}", role), None)
    return sqlite_empty


@pytest.fixture
def client(url: str) -> Iterator[FlaskClient]:
    with serve(url).test_client() as made:
        yield made


def sign_in(client: FlaskClient, password: str = PHRASE, **more: str) -> TestResponse:
    return client.post("/sign-in", data={"name": "zhang", "password": password, **more})


def who(client: FlaskClient) -> str | None:
    answer = client.post("/_dash-update-component")
    return answer.text if answer.status_code == 200 else None


def entries(url: str) -> list[tuple[str, str, str]]:
    with reading(url) as conn:
        found = conn.execute(select(AuditEntry).order_by(AuditEntry.id)).all()
    return [(row.account, row.action, row.detail) for row in found]


@pytest.mark.parametrize("path", ["/map", "/no-such-page", "//assets/x.css", "/assets", "/healthy"])
def test_pages_send_strangers_to_sign_in(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {302, 308}
    if answer.status_code == 302:
        assert urlsplit(answer.location).path == "/sign-in"
    assert b"content" not in answer.data


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/_dash-layout"),
        ("GET", "/_dash-dependencies"),
        ("GET", "/_dash-component-suites/x.js"),
        ("POST", "/_dash-update-component"),
        ("OPTIONS", "/_dash-update-component"),
        ("POST", "/map"),
        ("PUT", "/"),
    ],
)
def test_everything_else_refuses_strangers(client: FlaskClient, method: str, path: str) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == 401
    assert answer.json == {"error": "请先登录"}


def test_open_paths_are_open(client: FlaskClient) -> None:
    assert client.get("/assets/x.css").text == "content"
    assert client.get("/health").text == "ok"
    assert client.get("/sign-in").status_code == 200


def test_signing_in_returns_to_the_page_asked_for(client: FlaskClient) -> None:
    asked = client.get("/map?term=2026-2027-1&q=桃苑")
    target = parse_qs(urlsplit(asked.location).query)["next"][0]
    shown = json.loads(client.get(asked.location).text)
    assert shown == {"next": target, "name": "", "error": "", "demo": False}
    answer = sign_in(client, next=target)
    assert answer.status_code == 303
    assert answer.location.startswith("/map?term=2026-2027-1&q=")
    assert client.get(answer.location).text == "content"
    assert who(client) == "zhang"
    assert client.get("/sign-in?next=/map").location == "/map"


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/sign-out", "/sign-in?a"],
)
def test_signing_in_leads_nowhere_else(client: FlaskClient, target: str) -> None:
    assert sign_in(client, next=target).location == "/"
    assert client.get("/sign-in", query_string={"next": target}).location == "/"


def test_wrong_password_unknown_name_and_no_name_hear_the_same(client: FlaskClient) -> None:
    said = set()
    for name in ("zhang", "nobody", "", "a\x00b", "x" * 500, "张三"):
        answer = client.post("/sign-in", data={"name": name, "password": "wrong"})
        assert answer.status_code == 401
        assert "Set-Cookie" not in answer.headers
        said.add(json.loads(answer.text)["error"])
    assert len(said) == 1
    assert client.post("/sign-in").status_code == 401
    assert who(client) is None


def test_guessing_is_throttled_even_with_the_right_password_at_last(
    client: FlaskClient, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(throttle.PER_ACCOUNT):
        assert sign_in(client, "wrong").status_code == 401
    answer = sign_in(client)
    assert answer.status_code == 429
    assert "15 分钟后再试" in json.loads(answer.text)["error"]
    assert answer.headers["Retry-After"] == "900"
    assert who(client) is None
    assert len(entries(url)) == throttle.PER_ACCOUNT  # a refused try writes nothing
    later = datetime.now(UTC).replace(tzinfo=None) + timedelta(minutes=16)
    monkeypatch.setattr(audit, "utc_now", lambda: later)
    assert sign_in(client).status_code == 303


def test_signing_in_forgives_earlier_slips(client: FlaskClient) -> None:
    for _ in range(3):
        for _ in range(throttle.PER_ACCOUNT - 1):
            assert sign_in(client, "wrong").status_code == 401
        assert sign_in(client).status_code == 303


@pytest.mark.parametrize("https", [True, False])
def test_cookie_flags(url: str, https: bool) -> None:
    client = serve(url, https=https, session_hours=3).test_client()
    cookie = SimpleCookie(sign_in(client).headers["Set-Cookie"])["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert bool(cookie["secure"]) is https
    assert cookie["path"] == "/"
    expires = datetime.strptime(cookie["expires"], "%a, %d %b %Y %H:%M:%S GMT")  # noqa: DTZ007
    left = expires - datetime.now(UTC).replace(tzinfo=None)
    assert timedelta(hours=2, minutes=59) < left <= timedelta(hours=3)
    again = client.get("/map", base_url="https://localhost" if https else "http://localhost")
    assert again.text == "content"
    assert "Set-Cookie" not in again.headers  # using it does not prolong it


def test_a_request_over_tls_gets_a_secure_cookie_unasked(client: FlaskClient) -> None:
    answer = client.post(
        "/sign-in",
        data={"name": "zhang", "password": PHRASE},
        base_url="https://localhost",
    )
    assert "Secure" in answer.headers["Set-Cookie"]


def forged(key: str, **session: object) -> str:
    server = Flask(__name__)
    server.secret_key = key
    signer = SecureCookieSessionInterface().get_signing_serializer(server)
    assert signer is not None
    return str(signer.dumps(session))


def test_forged_cookies_open_nothing(client: FlaskClient, url: str) -> None:
    with reading(url) as conn:
        account = accounts.find(conn, "zhang")
    assert account is not None
    stamp = account.session_stamp
    key = str(client.application.secret_key)
    for cookie in (
        "x",
        forged("guessed" * 8, account="zhang", stamp=stamp),
        forged(key, account="zhang", stamp="0" * 32),
        forged(key, account="zhang"),
        forged(key, account="nobody", stamp=stamp),
        forged(key, stamp=stamp),
    ):
        client.set_cookie("session", cookie)
        assert who(client) is None, cookie
    client.set_cookie("session", forged(key, account="zhang", stamp=stamp))
    assert who(client) == "zhang"  # so the forgeries above failed for the reason named


def test_each_sign_in_starts_a_session_of_its_own(client: FlaskClient) -> None:
    with client.session_transaction() as session:
        session["planted"] = "before"
    sign_in(client)
    with client.session_transaction() as session:
        assert set(session) == {"_permanent", "account", "stamp"}


@pytest.mark.parametrize("change", ["disable", "password"])
def test_disabling_or_a_new_password_ends_sessions_now(
    client: FlaskClient, url: str, change: str
) -> None:
    sign_in(client)
    assert who(client) == "zhang"
    with writing(url) as conn:
        if change == "disable":
            accounts.disable(conn, "zhang")
        else:
            accounts.set_password(conn, "zhang", "another long password")
    assert who(client) is None
    with writing(url) as conn:
        accounts.enable(conn, "zhang")
    assert who(client) is None


def test_signing_out_needs_a_post(client: FlaskClient) -> None:
    sign_in(client)
    assert client.get("/sign-out").location == "/sign-in"
    assert who(client) == "zhang"
    assert client.post("/sign-out").location == "/sign-in"
    assert who(client) is None
    assert client.post("/sign-out").location == "/sign-in"


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://e.com"}])
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/_dash-update-component"])
def test_other_sites_cannot_post(client: FlaskClient, headers: dict[str, str], path: str) -> None:
    sign_in(client)
    answer = client.post(path, headers=headers, data={"name": "zhang", "password": PHRASE})
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
    assert who(client) == "zhang"


@pytest.mark.parametrize("role", list(ROLES))
def test_demo_signs_in_as_any_role_on_this_machine(url: str, role: str) -> None:
    client = serve(url, demo_sign_in=True).test_client()
    assert json.loads(client.get("/sign-in", headers=LOCAL).text)["demo"] is True
    answer = client.post("/sign-in", data={"demo": role, "next": "/map"}, headers=LOCAL)
    assert answer.location == "/map"
    cookie = SimpleCookie(answer.headers["Set-Cookie"])["session"].value
    client.set_cookie("session", cookie)
    assert who(client) == f"demo-{role}"


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("10.1.2.3", LOCAL),
        ("127.0.0.1", {"Host": "dashboard.campus.example"}),
        ("127.0.0.1", {**LOCAL, "X-Forwarded-For": "127.0.0.1"}),
        ("127.0.0.1", {**LOCAL, "Forwarded": "for=10.1.2.3"}),
        ("127.0.0.1", {**LOCAL, "X-Real-IP": "10.1.2.3"}),
    ],
)
def test_demo_is_refused_off_this_machine(url: str, address: str, headers: dict[str, str]) -> None:
    client = serve(url, demo_sign_in=True).test_client()
    came = {"REMOTE_ADDR": address}
    shown = client.get("/sign-in", headers=headers, environ_overrides=came)
    assert json.loads(shown.text)["demo"] is False
    answer = client.post(
        "/sign-in", data={"demo": "committee"}, headers=headers, environ_overrides=came
    )
    assert answer.status_code == 403
    assert "这台电脑" in json.loads(answer.text)["error"]
    assert who(client) is None


def test_demo_is_refused_when_it_is_not_switched_on(client: FlaskClient) -> None:
    assert client.post("/sign-in", data={"demo": "committee"}, headers=LOCAL).status_code == 403
    assert who(client) is None


@pytest.mark.parametrize("role", ["zhang", "../zhang", "", "admin", "a\x00b"])
def test_demo_opens_demo_accounts_only(url: str, role: str) -> None:
    client = serve(url, demo_sign_in=True).test_client()
    answer = client.post("/sign-in", data={"demo": role}, headers=LOCAL)
    assert answer.status_code == 403
    assert "没有这个演示账号" in json.loads(answer.text)["error"]


def test_the_audit_log_says_who_came_and_went(client: FlaskClient, url: str) -> None:
    sign_in(client, "wrong")
    sign_in(client)
    client.post("/sign-out")
    client.post("/sign-out")
    assert entries(url) == [
        ("zhang", "sign_in_failed", "127.0.0.1"),
        ("zhang", "sign_in", "127.0.0.1"),
        ("zhang", "sign_out", "127.0.0.1"),
    ]


def test_all_processes_share_one_key(url: str) -> None:
    first, second = serve(url), serve(url)
    assert first.secret_key == second.secret_key
    assert len(str(first.secret_key)) == 64
    assert serve(url, secret_key="k" * 32).secret_key == "k" * 32


def test_single_sign_on_names_the_account(url: str) -> None:
    def identify(request: Request) -> str | None:
        return request.headers.get("X-Test-Ticket")

    client = serve(url, identify).test_client()
    ticket = {"X-Test-Ticket": "demo-evaluator"}
    asked = client.post("/_dash-update-component", headers=ticket)
    assert asked.text == f"demo-{EVALUATOR}"
    assert client.get("/sign-in", headers=ticket).location == "/"
    assert who(client) is None
    with writing(url) as conn:
        accounts.disable(conn, "demo-evaluator")
    assert client.post("/_dash-update-component", headers=ticket).status_code == 401


def test_there_is_no_viewer_outside_a_request(client: FlaskClient) -> None:
    with pytest.raises(NotAllowed):
        gate.current_viewer()
    with client.application.test_request_context("/map"), pytest.raises(NotAllowed):
        gate.current_viewer()


def test_the_sign_in_page_may_not_be_framed_or_kept(client: FlaskClient) -> None:
    headers = client.get("/sign-in").headers
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "script-src" not in headers["Content-Security-Policy"]  # default-src 'none'
