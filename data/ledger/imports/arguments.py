"""What `python -m data import|template|export` may be told."""

from argparse import SUPPRESS, ArgumentParser


def importing(parser: ArgumentParser) -> None:
    """What `import` takes; `--run` is how a page starts the next step of an import."""
    parser.epilog = (
        "签到名单（刷卡机、问卷星、易班、学习通导出的学号和时间）：--activity 指明活动，"
        "或在表里写活动编号、活动名称；没有匹配到学生的行要用 --answer 说明不写入，"
        "其余的才会写入，--marked 把它们标在副本上。"
        "门禁、闸机、人脸、定位记录按设计不收。"
    )
    add = parser.add_argument
    add("files", nargs="*", metavar="文件", help="一个或几个文件，几个文件同成同败")
    add("--table", help="台账的表名或名称；默认由表头认出")
    add("--activity", type=int, metavar="编号", help="文件是哪场活动的签到名单：活动编号")
    add("--term", help="没有年份的日期属于哪个学期，如 2025-2026-1")
    add("--replace", action="store_true", help="以本文件为准：范围内文件没有的行一并去掉")
    add("--dry-run", action="store_true", help="只说会新增、更改、去掉什么，不写入")
    add("--answer", action="append", default=[], metavar="列名:值=编号", help="有歧义的名称指谁")
    add("--marked", metavar="目录", help="把有问题的文件另存一份，问题标在格子上")
    add("--no-refresh", action="store_true", help="导入后不刷新汇总")
    add("--undo", action="store_true", help="撤销最近一次导入")
    add("--run", type=int, dest="number", help=SUPPRESS)


def template(parser: ArgumentParser) -> None:
    """What `template` takes."""
    parser.add_argument("table", nargs="?", metavar="台账", help="表名或名称")
    parser.add_argument("file", nargs="?", metavar="文件", help="默认为“名称-模板.xlsx”")


def export(parser: ArgumentParser) -> None:
    """What `export` takes."""
    parser.add_argument("table", metavar="台账", help="表名或名称")
    parser.add_argument("file", metavar="文件", help="扩展名为 .xlsx 或 .csv")
