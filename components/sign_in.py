"""The sign-in page: the one page that is plain HTML, since nobody is known yet."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template

from data.access.viewer import (
    COLLEGE,
    COMMITTEE,
    COUNSELOR,
    EVALUATOR,
    ROLES,
    STEWARD,
    WORK_GROUP,
)

SEES = {
    COMMITTEE: "全部楼宇和学生：哪里还没覆盖，谁负责",
    COLLEGE: "本学院学生，以及各楼宇的汇总",
    WORK_GROUP: "自己负责的楼宇，直到楼层和房间",
    COUNSELOR: "自己名单上的学生，和他们住的楼",
    EVALUATOR: "各楼宇的汇总与评价，不含学生个人",
    STEWARD: "导入、账号与数据核对，不含学生个人",
}


def sign_in_page(*, next: str, name: str = "", error: str = "", demo: bool = False) -> str:
    """The page as HTML; `demo` offers one button per role, `next` is where to go afterwards."""
    roles = [(role, ROLES[role], sees) for role, sees in SEES.items()] if demo else []
    return _template().render(next=next, name=name, error=error, roles=roles)


@cache
def _template() -> Template:
    here = FileSystemLoader(Path(__file__).parent)
    return Environment(loader=here, autoescape=True).get_template("sign_in.html")
