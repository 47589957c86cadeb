"""How text in a cell is read and shown: the same word however it was typed."""

import re
import unicodedata
from datetime import date, datetime, time
from functools import lru_cache

from data.ledger.sheet import Cell, CellError

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
NOTHING = frozenset(("无", "-", "--", "—", "——", "–", "/", "\\", "／", "－", "暂无"))
SEPARATORS = re.compile(r"[、,，;；\s\u3000]+")
_BLANK = re.compile(r"\s+")
_TAIL = re.compile(r"\([^()]*\)$")
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")
_CHINESE = re.compile(
    r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[号栋幢楼层区舍]|$)"
)


def stripped(text: str) -> str:
    """Free text as written, without the blanks and invisible characters around it."""
    return text.strip() if text.isascii() else text.translate(INVISIBLE).strip()


@lru_cache(maxsize=65536)
def compact(text: str) -> str:
    """A code, name or number in half-width characters and without blanks."""
    if text.isascii() and text.isalnum():
        return text
    return _BLANK.sub("", unicodedata.normalize("NFKC", text.translate(INVISIBLE)))


@lru_cache(maxsize=4096)
def heading_form(text: str) -> str:
    """A heading without stars, blanks, and the unit or remark in brackets behind it."""
    plain = compact(text).replace("*", "").replace("★", "").rstrip(":")
    return _TAIL.sub("", plain) or plain


def arabic(text: str) -> str:
    """Chinese numerals before 号, 栋, 层 as digits: 桃苑十二号楼 is 桃苑12号楼."""
    return _CHINESE.sub(lambda found: _digits(found.group()), text)


def _digits(numeral: str) -> str:
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return numeral.translate(_NUMERALS)
    number = int(tens.translate(_NUMERALS) or 1) * 10 + int(ones.translate(_NUMERALS) or 0)
    return str(number)


def is_empty(cell: Cell) -> bool:
    """Nothing in it, or only blanks."""
    return cell is None or (isinstance(cell, str) and not stripped(cell))


def shown(cell: Cell) -> str:
    """A cell as its owner sees it."""
    if isinstance(cell, str):
        return stripped(cell)
    match cell:
        case None:
            text = ""
        case CellError():
            text = cell.text
        case bool():
            text = "TRUE" if cell else "FALSE"
        case float():
            text = str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime():
            text = cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ")
        case date() | time():
            text = cell.isoformat()
        case _:
            text = str(cell)
    return text
