"""`python -m data verify-seal …`: is a sealed evaluation still what was sealed?"""

import argparse
import sys
from collections.abc import Sequence

from data.engine import reading
from data.errors import NoData
from data.schemes.scheme import PERIODS
from data.seals.stored import Record, every_record, noted_hashes
from data.seals.verifying import around, read, verify

BROKEN = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is verified: one seal, or all."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("id", nargs="?", type=int, metavar="ID", help="封存的编号")
    what.add_argument("--all", action="store_true", help="校验全部封存，并核对有没有被删去的")
    parser.add_argument(
        "--sha256", default="", metavar="HASH", help="封存时另外抄存的 SHA-256，一并核对"
    )


def run(args: argparse.Namespace) -> int:
    """Print every check; 1 where one of them does not hold."""
    with reading(args.database) as conn:
        records, noted = every_record(conn), noted_hashes(conn)
    if args.all:
        if args.sha256:
            raise NoData("--sha256 只能与一个封存的编号一起用")
        return _all(records, noted)
    wanted = next((one for one in records if one.id == args.id), None)
    if wanted is None:
        lost = "；审计日志记下过它，它是被删去的" if args.id in noted else ""
        raise NoData(f"没有编号为 {args.id} 的封存{lost}")
    return 0 if _shown(wanted, records, noted, args.sha256) else BROKEN


def _all(records: Sequence[Record], noted: dict[int, list[str]]) -> int:
    whole = [_shown(one, records, noted) for one in records]
    lost = sorted(set(noted) - {one.id for one in records})
    for number in lost:
        _say(f"封存 {number}：审计日志记下过它，数据库里已经没有：它是被删去的")
    if not records and not lost:
        _say("还没有封存")
        return 0
    broken = whole.count(False) + len(lost)
    _say(f"共 {len(whole) + len(lost)} 个封存，{broken} 个有问题")
    return BROKEN if broken else 0


def _shown(
    record: Record, records: Sequence[Record], noted: dict[int, list[str]], given: str = ""
) -> bool:
    """Print the checks of one seal; whether all of them hold."""
    checks = verify(record, around(records, record.id, noted), given)
    whole = not any(check.problem for check in checks)
    _say(f"封存 {record.id}：{_about(record)}")
    _say(f"  SHA-256 {record.sha256}")
    for check in checks:
        _say(f"  {'不符' if check.problem else '通过'}  {check.name}{_why(check.problem)}")
    newer = next((one.id for one in records if one.supersedes == record.id), None)
    if newer:
        _say(f"  提示  它已被封存 {newer} 取代")
    said = "完整，与封存时一字不差" if whole else "没有通过校验，不能作为封存的结果使用"
    _say(f"封存 {record.id} {said}")
    return whole


def _about(record: Record) -> str:
    """What was sealed, by whom and when; only as far as the content still says it."""
    content = read(record.content)
    try:
        scheme, period, sealed = (content[name] for name in ("scheme", "period", "sealed"))
        what = f"{scheme['name']} {scheme['version']}，{period['key']} {PERIODS[period['kind']]}"
        who = f"{sealed['display_name']}（{sealed['account']}）"
        return f"{what}，{who}于 {sealed['at']} UTC 封存"
    except (KeyError, TypeError):
        return "内容已读不出"


def _why(problem: str) -> str:
    return f"：{problem}" if problem else ""


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
