"""The figures as tables people can read, with the aims beside them."""

from collections.abc import Iterable, Sequence
from typing import Any
from unicodedata import east_asian_width

AIMS = {
    "ledger": "目标：10 万行 30 s 以内",
    "query": "目标：学生多十倍，每个图块的时间不到 1.5 倍",
    "alone": "目标：往返中位数比空回调，已缓存多不到 2 ms，未缓存多不到 25 ms",
    "crowd": "目标：8 个客户端同时访问时 95 分位 100 ms 以内",
    "loads": "目标：首次打开 2 s 以内，压缩后 2.5 MB 以内",
    "changes": "目标：/map 上改一个筛选，到最后一张图画好 300 ms 以内",
}
WAITS = ("次数", "答完 p50", "p95", "末图 p50", "p95", "全部 p50", "p95")
Row = Sequence[str]


def text(figures: dict[str, Any]) -> str:
    """All tables, one below the other."""
    parts = [_campus(figures), _refresh(figures["refresh"])]
    parts += [_ledger(figures["ledger"]), _queries(figures)]
    if "round_trips" in figures:
        parts += [_alone(figures["round_trips"]), _crowd(figures["round_trips"])]
    if "browser" in figures:
        parts += [_loads(figures["browser"]["loads"]), _changes(figures["browser"]["changes"])]
    return "\n\n".join(parts) + "\n"


def _campus(figures: dict[str, Any]) -> str:
    rows = [
        (name, f"{b['rows']:,}", f"{b['seconds']:.1f}", _mb(b["peak"]), _mb(b["bytes"]))
        for name, b in figures["campus"].items()
        if b
    ]
    return table("校园（生成）", ("校园", "行数", "秒", "内存峰值 MB", "数据库 MB"), rows)


def _refresh(found: dict[str, Any]) -> str:
    rows = [
        (name, f"{found[key]['seconds']:.1f}", _mb(found[key]["peak"]))
        for name, key in (("全部重算", "full"), ("只算本学期", "incremental"))
    ]
    held = "，".join(f"{table} {count:,} 行" for table, count in found["rows"].items())
    title = f"刷新（{held}；刷新后数据库 {_mb(found['bytes'])} MB）"
    return table(title, ("刷新", "秒", "内存峰值 MB"), rows)


def _ledger(found: dict[str, Any]) -> str:
    rows = [
        (f".{kind}", f"{f['seconds']:.1f}", f"{f['rate']:,.0f}", _mb(f["peak"]))
        for kind, f in found.items()
    ]
    title = f"导入走访台账，从文件到写入。{AIMS['ledger']}"
    return table(title, ("文件", "秒", "行/秒", "内存峰值 MB"), rows)


def _queries(figures: dict[str, Any]) -> str:
    scaling = figures.get("scaling", {})
    rows = []
    for key, found in figures["queries"].items():
        compared = scaling.get(key)
        rows.append(
            (
                key,
                *_pair(found["query"]),
                *_pair(found["answer"]),
                *_pair(found["drawing"]),
                f"{found['rows'].p50:.0f}",
                *((_ms(compared["small"]), f"{compared['ratio']:.2f}") if compared else ("", "")),
            )
        )
    heads = (
        "图块",
        "查询 p50",
        "p95",
        "取数 p50",
        "p95",
        "绘制 p50",
        "p95",
        "行数",
        "1/10 校园",
        "倍",
    )
    return table(f"查询与绘制，毫秒，六种角色。{AIMS['query']}", heads, rows)


def _alone(found: dict[str, Any]) -> str:
    rows = []
    for key, kinds in found.items():
        alone = kinds["alone"]
        nothing = alone["nothing"]
        row = [key, *_pair(nothing)]
        for kind in ("cached", "uncached"):
            more = alone[kind].p50 - nothing.p50
            ratio = alone[kind].p50 / nothing.p50
            row += [*_pair(alone[kind]), f"{more * 1000:+.1f}", f"{ratio:.1f}"]
        rows.append((*row, f"{alone['bytes'].p50 / 1000:.1f}", f"{alone['bytes'].p95 / 1000:.1f}"))
    heads = ("图块", "空 p50", "p95", "缓存 p50", "p95", "差", "倍")
    heads += ("未缓存 p50", "p95", "差", "倍", "kB p50", "p95")
    return table(f"HTTP 往返，毫秒，1 个客户端。{AIMS['alone']}", heads, rows)


def _crowd(found: dict[str, Any]) -> str:
    kinds = ("nothing", "cached", "uncached")
    rows = [
        (key, *(cell for kind in kinds for cell in _pair(of["crowd"][kind])))
        for key, of in found.items()
    ]
    heads = ("图块", "空 p50", "p95", "缓存 p50", "p95", "未缓存 p50", "p95")
    return table(f"HTTP 往返，毫秒，8 个客户端不间断。{AIMS['crowd']}", heads, rows)


def _loads(found: dict[str, Any]) -> str:
    rows = [(path, *_waits(of), f"{of['bytes'].p50 / 1e6:.2f}") for path, of in found.items()]
    return table(f"浏览器首次打开，毫秒。{AIMS['loads']}", ("页面", *WAITS, "MB"), rows)


def _changes(found: dict[str, Any]) -> str:
    rows = [(kind, *_waits(of)) for kind, of in found.items()]
    return table(f"浏览器改筛选，毫秒。{AIMS['changes']}", ("改动", *WAITS), rows)


def _waits(found: dict[str, Any]) -> tuple[str, ...]:
    kinds = ("answered", "charts", "everything")
    count = str(found["everything"].count)
    return count, *(cell for kind in kinds for cell in _pair(found[kind]))


def _pair(spread: Any) -> tuple[str, str]:
    """A page without charts drew its last one at no time at all."""
    return (_ms(spread.p50), _ms(spread.p95)) if spread.p95 > 0 else ("—", "—")


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"


def _mb(count: float) -> str:
    return f"{count / 1e6:.0f}"


def table(title: str, heads: Row, rows: Iterable[Row]) -> str:
    """First column to the left, figures to the right; Chinese letters are two wide."""
    lines = [tuple(heads), *(tuple(row) for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "\n".join([title, *("  ".join(map(_cell, line, widths, range(99))) for line in lines)])


def _cell(cell: str, width: int, column: int) -> str:
    space = " " * (width - _width(cell))
    return space + cell if column else cell + space


def _width(cell: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in cell)
