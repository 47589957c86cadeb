"""The many ways to write a building, a floor or a room: 桃3, 桃苑3栋, B区4层, 桃3-412."""

import re
from collections.abc import Iterator
from functools import lru_cache

from data.ledger.meaning.wording import arabic, compact

_KIND = re.compile(r"(?:号?宿舍楼|号?公寓楼|号?学生公寓|号公寓|号宿舍|号楼|[#栋幢号楼]|公寓|宿舍)$")
_INSIDE = re.compile(r"(?:学生)?(?:公寓|宿舍)楼?(?=[A-Za-z]?\d)")
_AREA = re.compile(r"(?:楼群|苑区|园区|片区|区)$")
_ROOM_KIND = re.compile(r"(?:房间|寝室|宿舍|[室房号])$")
_HYPHEN = re.compile(r"[-_/#]")
_SPLIT = re.compile(r"(.+?(?:号楼|号公寓|栋|幢|楼))-?(.+)")
_FLOOR = re.compile(
    r"(?:(?P<building>.*?(?:号楼|号公寓|[栋幢苑]|楼(?=.)|\d(?=-))))?-?"
    r"(?:(?P<wing>[A-Za-z0-9东南西北中]{1,3}?)(?:区|单元|座|(?=\d)))?-?"
    r"(?:第?(?P<level>-?\d{1,2})(?:层|楼|F|f)?)"
)


@lru_cache(maxsize=65536)
def building_form(text: str) -> str:
    """What stays of a building's name: 桃苑3号楼, 桃苑三栋 and 桃苑学生公寓3号 are 桃苑3."""
    plain = _INSIDE.sub("", arabic(compact(text)))
    while (shorter := _KIND.sub("", plain)) and shorter != plain:
        plain = shorter
    return plain.casefold()


def cluster_forms(name: str) -> set[str]:
    """What a cluster is known by: 桃苑, 桃苑楼群 and, before a number, 桃."""
    plain = compact(name).casefold()
    core = _AREA.sub("", plain) or plain
    return {plain, core}


def short_forms(cluster_names: list[str], building_forms: set[str]) -> Iterator[str]:
    """桃3 and 桃苑3 for building 3 of 桃苑."""
    stems = {form for name in cluster_names for form in cluster_forms(name)}
    stems |= {stem[:-1] for stem in stems if len(stem) > 1 and stem[-1] in "苑园"}
    for form in building_forms:
        number = number_of(form)
        if number:
            yield from (stem + number for stem in stems)


@lru_cache(maxsize=65536)
def number_of(form: str) -> str:
    """The number at the end of a building's form, or ""."""
    found = re.search(r"[a-z]?\d+[a-z]?$", form)
    return found[0] if found else ""


@lru_cache(maxsize=65536)
def room_form(text: str) -> str:
    """A room code without 室 and in capitals."""
    plain = compact(text).upper()
    return _ROOM_KIND.sub("", plain) or plain


def room_parts(text: str) -> Iterator[tuple[str, str]]:
    """Every way to cut `桃3-412` into a building and a room code."""
    plain = compact(text).replace("—", "-").replace("–", "-")
    cuts = [found.start() for found in _HYPHEN.finditer(plain)]
    for cut in dict.fromkeys((*cuts[:1], *cuts[-1:])):
        if plain[:cut] and plain[cut + 1 :]:
            yield plain[:cut], plain[cut + 1 :]
    if found := _SPLIT.fullmatch(plain):  # 桃苑3号楼2-412: the code has a hyphen of its own
        yield found[1], found[2]
    # 桃苑3B4051: a building's number, then a code that begins with a letter.
    if letters := re.fullmatch(r"(.*\d)([A-Za-z]\d{2,})", plain):
        yield letters[1], letters[2]


def floor_parts(text: str) -> tuple[str, str, int] | None:
    """Building, wing and level in `桃3B区4层`; "" for what is not said."""
    found = _FLOOR.fullmatch(arabic(compact(text)))
    if not found:
        return None
    return found["building"] or "", found["wing"] or "", int(found["level"])


def wing_form(text: str) -> str:
    """A wing without 区 or 单元."""
    plain = compact(text).upper()
    return re.sub(r"(?:区|单元|座)$", "", plain) or plain
