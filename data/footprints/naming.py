"""When two spellings mean one building, and what a building's name says about its cluster."""

import re
import unicodedata

DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−~", "-"))
LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
COUNTER = re.compile(r"(?<=[0-9a-z])(?:[号#]?(?:宿舍|公寓)?[楼栋幢座]|[号#](?:宿舍|公寓)?)")
ALIAS_SEPARATOR = re.compile(r"[、,;]")
FIRST_NUMBER = re.compile(
    r"第?(?:\d|[一二三四五六七八九十]+(?=[号栋幢座])|(?<![A-Za-z])[A-Za-z](?=[号#栋幢座楼区]))"
)
HANGING = " \t-–—_·#(\uff08【[第"


def normalised(name: str) -> str:
    """The form in which 桃苑3号楼, 桃苑 3#, 桃苑03栋 and 桃苑3 are the same building."""
    text = unicodedata.normalize("NFKC", name).casefold().translate(DASHES)
    text = LEADING_ZEROS.sub("", "".join(text.split()))
    return COUNTER.sub("#", text).rstrip("#")


def spellings(name: str, aliases: str | None) -> set[str]:
    """Every normalised form a building answers to."""
    known = [name, *ALIAS_SEPARATOR.split(unicodedata.normalize("NFKC", aliases or ""))]
    return {normalised(each) for each in known} - {""}


def stem(name: str) -> str:
    """What stands before a building's number: 紫荆学生公寓1号楼 → 紫荆学生公寓, 7号楼 → nothing."""
    number = FIRST_NUMBER.search(name)
    return name[: number.start()].rstrip(HANGING) if number else name


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts 2号楼 before 10号楼."""
    pieces = re.split(r"(\d+)", unicodedata.normalize("NFKC", name))
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in pieces if p)
