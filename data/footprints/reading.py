"""Open a GeoJSON file and list its features; what is wrong with one of them is kept beside it."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from data.errors import DashboardError
from data.models.contract import Ledger
from data.models.place import Building

MEGABYTES = 50
DEGREES = re.compile(r"(CRS:?84|EPSG:.*\b(4326|4490|4979))$", re.IGNORECASE)
NAME: Ledger = Building.__table__.c.name.info["ledger"]
ID: Ledger = Building.__table__.c.id.info["ledger"]
NAME_KEYS = (
    "name", "name:zh", NAME.heading, *NAME.aliases, "名称", "building_name",
    "official_name", "alt_name", "short_name", "title", "name:en",
)  # fmt: skip
ID_KEYS = ("building_id", ID.heading)


class UnusableMap(DashboardError):
    """The file, or what was asked to be done with it, cannot work at all."""


@dataclass(frozen=True)
class Feature:
    """One feature of the file, with what people can recognise it by."""

    number: int
    building_id: str | None = None
    other_ids: tuple[str, ...] = ()
    name: str | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)
    geometry: object = None
    notes: tuple[str, ...] = ()
    problem: str | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """Its ids, the most deliberate first."""
        return ((self.building_id,) if self.building_id else ()) + self.other_ids

    @property
    def label(self) -> str:
        """How reports name it: position in the file from 1, id, name."""
        return f"第 {self.number} 个(id {next(iter(self.ids), '无')}，{self.name or '未命名'})"


def read(path: Path) -> tuple[Feature, ...]:
    """The features of a GeoJSON FeatureCollection, in the order of the file."""
    collection = _json(path)
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or collection.get("type") != "FeatureCollection":
        raise UnusableMap(f"{path.name} 不是 GeoJSON FeatureCollection:请导出为 GeoJSON 要素集合")
    if not features:
        raise UnusableMap(f"{path.name} 里没有任何要素")
    _check_crs(path, collection.get("crs"))
    return tuple(_without_duplicates([_feature(n, raw) for n, raw in enumerate(features, 1)]))


def text(value: object) -> str | None:
    """A label as people mean it: numbers become text, blanks and invisible characters go."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return "".join(c for c in " ".join(str(value).split()) if c.isprintable()) or None


def _json(path: Path) -> Any:
    try:
        if path.stat().st_size > MEGABYTES * 2**20:
            raise UnusableMap(f"{path.name} 超过 {MEGABYTES} MB:请只导出宿舍楼轮廓")
        return json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise UnusableMap(f"打不开 {path}:{error.strerror}") from None
    except UnicodeDecodeError:
        raise UnusableMap(f"{path.name} 不是 UTF-8 编码：请按 UTF-8 重新导出") from None
    except json.JSONDecodeError as error:
        where = f"第 {error.lineno} 行第 {error.colno} 列"
        raise UnusableMap(f"{path.name} 不是完整的 JSON,读到{where}中断：请重新导出") from None
    except (ValueError, RecursionError):
        raise UnusableMap(f"{path.name} 里有过长的数字或过深的嵌套，不像 GeoJSON") from None


def _check_crs(path: Path, declared: object) -> None:
    """GeoJSON is in degrees; older files may declare something else, such as metres."""
    if declared is None:
        return
    properties = declared.get("properties") if isinstance(declared, dict) else None
    name = text(properties.get("name")) if isinstance(properties, dict) else None
    if not DEGREES.search(name or ""):
        raise UnusableMap(
            f"{path.name} 声明的坐标系是 {name or '未知'}:请转换为经纬度(EPSG:4326)后再导入"
        )


def _feature(number: int, raw: object) -> Feature:
    if not isinstance(raw, dict) or raw.get("type") != "Feature":
        return Feature(number, problem="不是 Feature")
    properties = raw.get("properties") or {}
    if not isinstance(properties, dict):
        return Feature(number, problem="properties 不是键值对")
    name, note = _name(properties)
    return Feature(
        number,
        building_id=next(filter(None, (text(properties.get(k)) for k in ID_KEYS)), None),
        other_ids=tuple(filter(None, (text(raw.get("id")), text(properties.get("id"))))),
        name=name,
        properties=properties,
        geometry=raw.get("geometry"),
        notes=(note,) if note else (),
    )


def _name(properties: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The name, and a note where it was not simply the text of `name`."""
    for key in NAME_KEYS:
        value = properties.get(key)
        listed = isinstance(value, list)
        name = next(filter(None, map(text, value if isinstance(value, list) else [value])), None)
        if name and listed:
            return name, f"{key} 是列表，取第一个"
        if name:
            return name, None if key == "name" else f"没有 name,名称取自 {key}"
    return None, None


def _without_duplicates(features: Sequence[Feature]) -> Iterator[Feature]:
    """An id used twice is refused wherever it stands: which one is right is not ours to guess."""
    uses = Counter(feature.ids[0] for feature in features if feature.ids)
    for feature in features:
        if feature.ids and uses[feature.ids[0]] > 1:
            same = [f.number for f in features if f.ids[:1] == feature.ids[:1] and f is not feature]
            others = "、".join(f"第 {number} 个" for number in same)
            yield replace(feature, problem=f"编号 {feature.ids[0]} 与{others}重复")
        else:
            yield feature
