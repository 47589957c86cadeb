"""The command line: make a database, fill it, check it, refresh it, and let people in."""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy.exc import OperationalError, ProgrammingError

from data.errors import DashboardError
from data.settings import settings

FAILED, REFUSED = 1, 2


def create(args: argparse.Namespace) -> int:
    from data.migrations.upgrading import create_tables

    create_tables(args.database)
    print(f"已建好全部空表：{_without_password(args.database)}")
    return 0


def check(args: argparse.Namespace) -> int:
    from data.contract.check import check as run

    report = run(args.url or args.database)
    print(report.text())
    return FAILED if report.pages_would_be_wrong else 0


def demo(args: argparse.Namespace) -> int:
    from data.demo.campus import build

    build(
        args.database, students=args.students, terms=args.terms, seed=args.seed, progress=_progress
    )
    return 0


def import_map(args: argparse.Namespace) -> int:
    from data.footprints.importing import import_map as run

    report = run(
        args.database,
        Path(args.file),
        crs=args.crs,
        create_buildings=args.create_buildings,
        campus=args.campus,
        dry_run=args.dry_run,
    )
    print(report.text())
    return REFUSED if report.refused else 0


def import_ledgers(args: argparse.Namespace) -> int:
    from data.ledger.imports.command import run_import

    return run_import(args)


def template(args: argparse.Namespace) -> int:
    from data.ledger.imports.command import run_template

    return run_template(args)


def export(args: argparse.Namespace) -> int:
    from data.ledger.imports.command import run_export

    return run_export(args)


def refresh(args: argparse.Namespace) -> int:
    from data.summaries.refresh import refresh as run

    version = run(args.database, full=args.full, progress=_progress)
    size = f"{version.rows:,} 行，{version.seconds:.1f} 秒"
    print(f"数据版本 {version.id} 已发布：截至 {version.as_of}，{size}")
    return 0


def account(args: argparse.Namespace) -> int:
    from data.access.command import run

    return run(args)


def verify_seal(args: argparse.Namespace) -> int:
    from data.seals.command import run

    return run(args)


def docs(args: argparse.Namespace) -> int:
    from data.contract.document import PATH, markdown

    wanted = markdown()
    if not args.check:
        PATH.write_text(wanted, "utf-8")
        return 0
    if PATH.read_text("utf-8") == wanted:
        return 0
    print(f"{PATH} 已过期：请运行 python -m data docs", file=sys.stderr)
    return FAILED


def parser() -> argparse.ArgumentParser:
    """The whole command line; every command is a function above."""
    top = argparse.ArgumentParser(prog="python -m data", description="学生社区驾驶舱：数据命令")
    top.add_argument(
        "--database",
        default=settings().database_url,
        help="默认取 DASHBOARD_DATABASE_URL",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="命令")

    def command(
        run: Callable[[argparse.Namespace], int], help: str, name: str = ""
    ) -> argparse.ArgumentParser:
        called = name or run.__name__.replace("_", "-")
        made = commands.add_parser(called, help=help, description=help)
        made.set_defaults(run=run)
        return made

    command(create, "建立全部空表；旧版本建的表迁移到本版本，数据不动")
    command(check, "把一个数据库与约定逐项比对；页面会出错时退出码为 1").add_argument(
        "url", nargs="?", help="要检查的数据库地址"
    )
    add = command(demo, "生成演示校园（全部为虚构数据）").add_argument
    add("--students", type=int, default=20_000, help="学生数，默认 20000")
    add("--terms", type=int, default=3, help="学期数，默认 3")
    add("--seed", type=int, default=7, help="随机种子，相同种子得到相同数据")
    from data.ledger.imports import arguments as ledgers

    about = "导入台账（.xlsx、.xls、.csv）；有一处问题就一行都不写"
    ledgers.importing(command(import_ledgers, about, "import"))
    ledgers.template(command(template, "生成填报模板；不给名称时列出全部台账"))
    ledgers.export(command(export, "把一张台账整表导出，可原样再导入"))
    add = command(import_map, "导入楼宇轮廓 GeoJSON;有一处不能导入就一处都不写").add_argument
    add("file", help="GeoJSON 文件")
    add("--crs", choices=("wgs84", "gcj02", "bd09"), required=True, help="坐标系")
    add("--create-buildings", action="store_true", help="按名称新建楼宇，按共同前缀新建楼群")
    add("--campus", help="只匹配这个校区；新建楼宇时为新校区的名称")
    add("--dry-run", action="store_true", help="只报告，不写入")
    add = command(refresh, "重算汇总并发布新的数据版本").add_argument
    add("--full", action="store_true", help="重算全部学期；默认只算本学期和还没算过的学期")
    from data.access.command import arguments

    arguments(command(account, "管理登录账号"))
    from data.seals import command as seals

    seals.arguments(command(verify_seal, "校验封存的评价结果；有一处不符时退出码为 1"))
    command(docs, "由模型生成 docs/campus-database.md").add_argument(
        "--check", action="store_true", help="只检查是否过期"
    )
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; errors people can act on are sentences, without a stack trace."""
    try:
        args = parser().parse_args(argv)
        return int(args.run(args))
    except DashboardError as error:
        print(f"错误：{error}", file=sys.stderr)
    except (OperationalError, ProgrammingError) as error:
        print(
            f"错误：数据库不能用（{str(error.orig).splitlines()[0]}）。"
            "请核对 --database 的地址；还没有建表时先运行 python -m data create",
            file=sys.stderr,
        )
    return REFUSED


_started = time.monotonic()


def _progress(message: str) -> None:
    print(f"[{time.monotonic() - _started:6.1f} s] {message}", file=sys.stderr, flush=True)


def _without_password(url: str) -> str:
    from sqlalchemy.engine import make_url

    return make_url(url).render_as_string(hide_password=True)


if __name__ == "__main__":
    sys.exit(main())
