"""Small maps for tests: squares on a campus in Xuzhou, in degrees."""

import json
from pathlib import Path
from typing import Any

X, Y = 117.14, 34.21
SIDE = 0.0004  # about 40 m

Ring = list[list[float]]


def square(east: float = 0, north: float = 0, side: float = SIDE) -> Ring:
    """A closed counter-clockwise ring, moved by so many sides of 40 m."""
    x, y = X + east * SIDE, Y + north * SIDE
    corners = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
    return [[round(x + dx, 7), round(y + dy, 7)] for dx, dy in corners]


def polygon(*rings: Any) -> dict[str, Any]:
    """A Polygon of a shell and its holes."""
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(name: object, geometry: object = None, **properties: Any) -> dict[str, Any]:
    """A feature with a name and other properties; a square where no geometry is given."""
    own = {"name": name, **properties}
    return {"type": "Feature", "properties": own, "geometry": geometry or polygon(square())}


def collection(*features: object, **members: Any) -> dict[str, Any]:
    """A FeatureCollection."""
    return {"type": "FeatureCollection", "features": list(features), **members}


def written(folder: Path, *features: object) -> Path:
    """A map file with these features."""
    path = folder / "map.geojson"
    path.write_text(json.dumps(collection(*features), ensure_ascii=False), "utf-8")
    return path
