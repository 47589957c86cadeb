"""Whether a seal is what was sealed: its hash, its form, its columns, its chain, the audit log."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from data.seals.canonical import canonical, digest
from data.seals.stored import FORMAT, LISTED, Record

HASH = "内容的 SHA-256"
FORM = "规范形式（RFC 8785）"
COLUMNS = "列表用的各列"
CHAIN = "与前一个封存的衔接"
AFTER = "后一个封存的记载"
AUDIT = "审计日志的记载"
GIVEN = "另外抄存的 SHA-256"
EXACTLY = 2.0**53
NAMES = (HASH, FORM, COLUMNS, CHAIN, AFTER, AUDIT, GIVEN)


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `problem` says what is wrong, "" where it holds."""

    name: str
    problem: str = ""


@dataclass(frozen=True)
class Around:
    """What a seal is held against: the seals beside it in the chain, and the hashes that the audit
    log names for it."""

    before: Record | None = None
    after: Record | None = None
    noted: Sequence[str] = ()


def around(records: Sequence[Record], number: int, noted: dict[int, list[str]]) -> Around:
    """What the seal with this number is held against, among all of them."""
    return Around(
        next((one for one in reversed(records) if one.id < number), None),
        next((one for one in records if one.id > number), None),
        noted.get(number, []),
    )


def verify(record: Record, beside: Around, given: str = "") -> tuple[Check, ...]:
    """Every check of one seal. `given` is a hash that was kept elsewhere, "" for none."""
    content = read(record.content)
    checks = [
        Check(HASH, _hash(record)),
        Check(FORM, _form(record, content)),
        Check(COLUMNS, _columns(record, content)),
        Check(CHAIN, _chain(content, beside.before)),
        Check(AUDIT, _audit(record, beside.noted)),
    ]
    if beside.after is not None:
        checks.append(Check(AFTER, _after(record, beside.after)))
    if given:
        same = given.strip().lower() == record.sha256
        checks.append(Check(GIVEN, "" if same else f"给出的是 {given}，记录的是 {record.sha256}"))
    return tuple(checks)


def failed(checks: Sequence[Check]) -> str:
    """The names of the checks that do not hold, with 、 between; "" where all do."""
    return "、".join(one.name for one in checks if one.problem)


def read(content: bytes) -> dict[str, Any]:
    """A content as it was before it became bytes; empty where it cannot be read."""
    try:
        found = json.loads(content, parse_int=_number)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _number(digits: str) -> float:
    """Beyond 2⁵³ a number was not a whole one of ours: JSON only writes it so."""
    return int(digits) if abs(float(digits)) < EXACTLY else float(digits)


def _hash(record: Record) -> str:
    found = digest(record.content)
    return "" if found == record.sha256 else f"内容算出 {found}，记录的是 {record.sha256}"


def _form(record: Record, content: dict[str, Any]) -> str:
    if content.get("format") != FORMAT:
        return f"内容不是 {FORMAT}"
    try:
        same = canonical(content) == record.content
    except (AttributeError, KeyError, TypeError, ValueError):
        same = False
    return "" if same else "内容的写法不是封存时的写法"


def _columns(record: Record, content: dict[str, Any]) -> str:
    try:
        said = {
            "id": content["id"],
            "scheme": content["scheme"]["key"],
            "period": content["period"]["key"],
            "unit": content["scheme"]["unit"],
            "at": content["sealed"]["at"],
            "account": content["sealed"]["account"],
            "supersedes": content["supersedes"],
        }
    except (KeyError, TypeError):
        return "内容里没有这些列"
    wrong = [name for name in LISTED if getattr(record, name) != said[name]]
    return f"与内容不一致的列：{'、'.join(wrong)}" if wrong else ""


def _chain(content: dict[str, Any], before: Record | None) -> str:
    said = content.get("previous")
    kept = {"id": before.id, "sha256": before.sha256} if before else None
    if said == kept:
        return ""
    name = f"封存 {before.id}" if before else "没有封存"
    return f"内容记下的前一个与数据库里的（{name}）不同"


def _after(record: Record, after: Record) -> str:
    """What the next seal says of this one; a next one that is itself damaged says nothing."""
    if digest(after.content) != after.sha256:
        return ""
    said = read(after.content).get("previous") or {}
    same = said == {"id": record.id, "sha256": record.sha256}
    return "" if same else f"封存 {after.id} 记下的前一个不是它"


def _audit(record: Record, noted: Sequence[str]) -> str:
    if not noted:
        return "审计日志里没有这次封存"
    if list(noted) != [record.sha256]:
        return f"审计日志记下的是 {'、'.join(noted)}"
    return ""
