"""Where a request comes from, and where an answer may send it: judged from headers alone."""

import ipaddress
from urllib.parse import urlsplit

from flask import Request

from data.settings import is_loopback

FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")
READS = frozenset({"GET", "HEAD", "OPTIONS"})


def from_another_site(request: Request) -> bool:
    """Whether another site's page made the browser send something that changes state.

    Browsers leave Sec-Fetch-Site out on plain http, where Origin remains.
    """
    if request.method in READS:
        return False
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is not None and origin.partition("://")[2] != request.host


def from_this_machine(request: Request) -> bool:
    """Whether the browser itself runs here: over loopback, by a loopback name, through no proxy.

    A proxy that hides itself still passes on the Origin the browser saw.
    """
    if any(name in request.headers for name in FORWARDED):
        return False
    origin = request.headers.get("Origin")
    asked = [f"//{request.host}", *([origin] if origin else [])]
    return is_loopback(request.remote_addr or "") and all(map(_names_loopback, asked))


def address(request: Request) -> str:
    """What failed sign-ins are counted by: one IPv4 address, or an IPv6 network of one owner."""
    text = request.remote_addr or ""
    try:
        if ipaddress.ip_address(text).version == 6:
            return str(ipaddress.ip_network(f"{text.split('%')[0]}/64", strict=False))
    except ValueError:
        return text[:64]
    return text


def local_path(target: str) -> str:
    """`target` if it is a path on this site, else "/": a sign-in link must not lead elsewhere.

    Browsers drop tabs and line ends and read a backslash as a slash, so neither may occur.
    """
    spelled_plainly = all(" " < letter != "\\" for letter in target)
    if target.startswith("/") and not target.startswith("//") and spelled_plainly:
        return target
    return "/"


def _names_loopback(url: str) -> bool:
    try:
        return is_loopback(urlsplit(url).hostname or "")
    except ValueError:
        return False
