"""An empty sign-in list to fill, for activities where no device writes one."""

from io import BytesIO

from data.ledger.files.workbook import GUIDE, formats, new_book, put_text
from data.ledger.signing.columns import SIGN_IN_TITLE
from data.ledger.traces import TRACES

COLUMNS = (("学号", "示例：20230001", 22), ("签到时间", "2026-11-20 19:05", 22))
RULES = (
    "一张表一场活动，在导入时选定是哪一场；几场写在一起的，加一列“活动编号”或“活动名称”。",
    "学号列是文本，开头的 0 要留着；时间写 2026-11-20 19:05，只写 19:05 的按活动当天记。",
    "刷卡机、问卷星、易班、学习通等导出的名单不必改成这个样子，可以直接导入。",
    "一人签到几次只记最早一次；状态写未签到、缺勤、请假的不记。",
    "没有匹配到学生的行（来宾、写错的学号等）会逐行列出，选定不写入之后其余的才会写入。",
    "姓名一列可以有，只用来核对学号，不保存。",
    f"不收{'；不收'.join(trace.kind for trace in TRACES)}。",
)


def sign_in_template() -> bytes:
    """An .xlsx with the two columns, the number as text so that no zero is lost."""
    buffer = BytesIO()
    with new_book(buffer) as book:
        looks = formats(book)
        sheet = book.add_worksheet(SIGN_IN_TITLE)
        sheet.freeze_panes(1, 0)
        for x, (heading, example, wide) in enumerate(COLUMNS):
            put_text(sheet, 0, x, heading, looks.heading if x else looks.required)
            put_text(sheet, 1, x, example, None)
            sheet.set_column(x, x, wide, looks.text)
        guide = book.add_worksheet(GUIDE)
        put_text(guide, 0, 0, f"{SIGN_IN_TITLE}填写说明", looks.heading)
        for y, rule in enumerate(RULES, start=1):
            put_text(guide, y, 0, f"{y}. {rule}", None)
        guide.set_column(0, 0, 100)
    return buffer.getvalue()
