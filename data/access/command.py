"""`python -m data account …`: let people in, shut them out, and see who may."""

import argparse
import difflib
import getpass
import re
import sys
from collections.abc import Callable

from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError, ProgrammingError

from data.access import accounts, audit
from data.access.accounts import InvalidAccount
from data.access.viewer import COLLEGE, COUNSELOR, ROLES, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.errors import NoData
from data.models.dashboard import Account
from data.models.people import College, Counselor
from data.models.place import Building

SCOPE_OF = {COLLEGE: "college", WORK_GROUP: "buildings", COUNSELOR: "counselor"}
Place = type[College] | type[Building] | type[Counselor]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions below `account`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="操作")

    def named(action: str, help: str) -> argparse.ArgumentParser:
        made = actions.add_parser(action, help=help, description=help)
        made.add_argument("name", metavar="NAME", help="账号名，如工号")
        return made

    def password(of: argparse.ArgumentParser) -> None:
        of.add_argument(
            "--password-stdin", action="store_true", help="从标准输入读一行作为密码，不询问"
        )

    add = named("add", "新建账号；密码会询问两次，从不写在命令行里")
    roles = "、".join(f"{role} {name}" for role, name in ROLES.items())
    add.add_argument("--role", required=True, choices=tuple(ROLES), help=roles)
    add.add_argument("--display-name", default="", help="页面上显示的名字，默认同账号名")
    add.add_argument("--college", default="", help="学院编号或名称(角色 college 必填)")
    add.add_argument("--buildings", default="", help="楼宇编号或名称，逗号隔开(work_group 必填)")
    add.add_argument("--counselor", default="", help="辅导员工号或姓名(角色 counselor 必填)")
    add.add_argument("--export", action="store_true", help="允许导出数据")
    password(add)
    actions.add_parser("list", help="列出全部账号", description="列出全部账号")
    named("disable", "停用账号：立即退出，不能再登录")
    named("enable", "重新启用账号")
    password(named("password", "改密码：已登录的立即退出"))


def run(args: argparse.Namespace) -> int:
    """Carry out one action."""
    try:
        ACTIONS[args.action](args)
    except (OperationalError, ProgrammingError) as error:
        raise NoData(
            f"读写账号失败({error.orig}):数据库若还没有表，请先运行 python -m data create"
        ) from error
    return 0


def _add(args: argparse.Namespace) -> None:
    with reading(args.database) as conn:
        person = _person(conn, args)
    password = _password(args)
    with writing(args.database) as conn:
        accounts.add(conn, person, password)
        scope = "、".join(filter(None, (person.college, *person.buildings, person.counselor)))
        name = accounts.canonical(person.name)
        audit.record(conn, account=name, action="account_add", detail=f"{person.role} {scope}")
    _say(f"已新建账号 {name}:{ROLES[person.role]}{scope and f',范围 {scope}'}")


def _list(args: argparse.Namespace) -> None:
    with reading(args.database) as conn:
        every = accounts.every(conn)
    for account in every:
        _say("\t".join(_cells(account)))
    _say(f"共 {len(every)} 个账号")


def _disable(args: argparse.Namespace) -> None:
    with writing(args.database) as conn:
        accounts.disable(conn, args.name)
        audit.record(conn, account=accounts.canonical(args.name), action="account_disable")
    _say(f"已停用账号 {args.name}:它的登录已全部退出")


def _enable(args: argparse.Namespace) -> None:
    with writing(args.database) as conn:
        accounts.enable(conn, args.name)
        audit.record(conn, account=accounts.canonical(args.name), action="account_enable")
    _say(f"已启用账号 {args.name}")


def _change_password(args: argparse.Namespace) -> None:
    password = _password(args)
    with writing(args.database) as conn:
        accounts.set_password(conn, args.name, password)
        audit.record(conn, account=accounts.canonical(args.name), action="account_password")
    _say(f"已修改账号 {args.name} 的密码：它的登录已全部退出")


ACTIONS: dict[str, Callable[[argparse.Namespace], None]] = {
    "add": _add,
    "list": _list,
    "disable": _disable,
    "enable": _enable,
    "password": _change_password,
}


def _person(conn: Connection, args: argparse.Namespace) -> Viewer:
    """The viewer the arguments describe, with a scope that exists."""
    scope = {option: _words(getattr(args, option)) for option in SCOPE_OF.values()}
    role = f"角色 {args.role}({ROLES[args.role]})"
    for option, words in scope.items():
        if SCOPE_OF.get(args.role) == option and not words:
            raise InvalidAccount(f"{role}必须用 --{option} 指定范围")
        if SCOPE_OF.get(args.role) != option and words:
            raise InvalidAccount(f"{role}不用 --{option}:请去掉")
        if option != "buildings" and len(words) > 1:
            raise InvalidAccount(f"--{option} 只能有一个，现在有 {len(words)} 个")
    return Viewer(
        name=args.name,
        role=args.role,
        display_name=args.display_name,
        college="".join(_id_of(conn, College, "学院", word) for word in scope["college"]),
        buildings=frozenset(_id_of(conn, Building, "楼宇", word) for word in scope["buildings"]),
        counselor="".join(_id_of(conn, Counselor, "辅导员", word) for word in scope["counselor"]),
        may_export=args.export,
    )


def _words(text: str) -> list[str]:
    return [word for part in re.split("[,\uff0c、]", text) if (word := part.strip())]


def _id_of(conn: Connection, table: Place, what: str, wanted: str) -> str:
    """The id of the one row with this id or name; otherwise say which come close."""
    names = {row.id: row.name for row in conn.execute(select(table.id, table.name))}
    if wanted in names:
        return wanted
    called = [id for id, name in names.items() if name == wanted]
    if len(called) == 1:
        return called[0]
    if called:
        raise InvalidAccount(
            f"有 {len(called)} 个{what}叫“{wanted}”，请改用编号：{'、'.join(called)}"
        )
    near = difflib.get_close_matches(wanted, [*names, *names.values()], n=5, cutoff=0.4)
    close = [f"{name}({id})" for id, name in names.items() if id in near or name in near]
    hint = f"相近的有：{'、'.join(close[:5])}" if close else f"库里共有 {len(names)} 个{what}"
    raise InvalidAccount(f"没有{what}“{wanted}”；{hint}")


def _password(args: argparse.Namespace) -> str:
    if args.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(f"账号 {args.name} 的密码:")
    if getpass.getpass("再输入一次:") != first:
        raise InvalidAccount("两次输入的密码不一样：请重新运行命令")
    return first


def _cells(account: Account) -> tuple[str, ...]:
    scope = account.college_id or account.building_ids or account.counselor_id or "-"
    rights = "可导出" if account.may_export else "不可导出"
    state = "启用" if account.active else "已停用"
    return account.name, account.display_name, account.role, scope, rights, state


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
