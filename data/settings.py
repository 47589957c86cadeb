"""Everything that differs between a laptop and the server. Read once, at start."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Self, get_type_hints

from data.errors import InvalidSetting

PREFIX = "DASHBOARD_"


@dataclass(frozen=True)
class Settings:
    """Each field is an environment variable: `database_url` is `DASHBOARD_DATABASE_URL`."""

    database_url: str = "sqlite:///var/community.db"
    secret_key: str = ""
    host: str = "127.0.0.1"
    port: int = 8050
    workers: int = 2
    demo_sign_in: bool = False
    https: bool = False
    proxies: int = 0
    session_hours: int = 10
    stale_days: int = 3

    @classmethod
    def read(cls, env: Mapping[str, str]) -> Self:
        """Settings from environment variables; InvalidSetting names what cannot work."""
        names = {PREFIX + f.name.upper(): f.name for f in fields(cls)}
        unknown = sorted(k for k in env if k.startswith(PREFIX) and k not in names)
        if unknown:
            raise InvalidSetting(
                f"没有这些设置项：{'、'.join(unknown)}；可用的有：{'、'.join(names)}"
            )
        types = get_type_hints(cls)
        found: dict[str, Any] = {
            k: _typed(k, env[k], types[field]) for k, field in names.items() if k in env
        }
        chosen = {names[k]: value for k, value in found.items()}
        return cls(**chosen)

    def __post_init__(self) -> None:
        if self.demo_sign_in and not self.loopback:
            raise InvalidSetting(
                f"一键演示登录只能绑定本机回环地址，现在是 {self.host}:"
                "请改 DASHBOARD_HOST=127.0.0.1，或去掉 DASHBOARD_DEMO_SIGN_IN"
            )
        if not self.loopback and not self.secret_key:
            raise InvalidSetting("对外提供服务必须设置 DASHBOARD_SECRET_KEY(至少 32 个随机字符)")
        if self.secret_key and len(self.secret_key) < 32:
            raise InvalidSetting("DASHBOARD_SECRET_KEY 太短：至少 32 个随机字符")

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _typed(key: str, text: str, wanted: type) -> object:
    try:
        if wanted is bool:
            return {"1": True, "true": True, "0": False, "false": False, "": False}[text.lower()]
        return wanted(text)
    except (KeyError, ValueError):
        kind = {bool: "1 或 0", int: "整数"}[wanted]
        raise InvalidSetting(f"{key} 应当是{kind}，现在是“{text}”") from None


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings.read(os.environ)
