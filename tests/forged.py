"""A client that posts to the callbacks whatever it likes, as anyone may with a browser."""

import json
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient

CALLBACKS = "/_dash-update-component"


def part(name: str, block: str) -> dict[str, str]:
    """The id of a part of a block."""
    return {"part": name, "block": block}


def written(identity: str | dict[str, str]) -> str:
    """An id as Dash writes it in addresses of properties."""
    if isinstance(identity, str):
        return identity
    return json.dumps(identity, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def prop(identity: str | dict[str, str], name: str, value: object = None) -> dict[str, object]:
    """A property with its value, as an input or a state."""
    return {"id": identity, "property": name, "value": value}


@dataclass(frozen=True)
class Forger:
    """A client, signed in or not, and the callbacks it has learned of."""

    client: FlaskClient
    outputs: tuple[str, ...]

    def block(self, block: str, search: str = "", *, shape: str = "panel") -> dict[str, Any]:
        """What fills the slot of a block."""
        kind = "children" if shape == "panel" else "figure"
        outputs = [(shape, kind), (f"{shape}-say", "children"), (f"{shape}-slot", "hidden")]
        outputs += [(f"{shape}-mark", "children")]
        return self._filled(block, search, outputs, shape)

    def table(self, block: str, search: str = "") -> dict[str, Any]:
        """What fills the table twin of a block."""
        return self._filled(block, search, [("grid", "columnDefs"), ("grid", "rowData")], "grid")

    def explanation(self, block: str, search: str = "") -> dict[str, Any]:
        """What *explain this number* of a block opens."""
        button = {"act": "explain", "block": block}
        outputs = [prop("explain", "is_open"), prop("explanation", "children")]
        return self._post(outputs, [[prop(button, "n_clicks", 1)]], [_search(search)], button)

    def download(
        self, block: str, search: str = "", *, act: str = "csv", rows: object = None
    ) -> dict[str, Any]:
        """A table as a file; `rows` are those the grid claims to show."""
        pressed = {"act": act, "block": block}
        files = [[prop({"act": a, "block": block}, "n_clicks", 1)] for a in ("csv", "xlsx")]
        open_ = rows is not None
        grids = [prop(part("grid", block), "virtualRowData", rows)] if open_ else []
        tables = [prop(part("table", block), "hidden", not open_)]
        states = [_search(search), grids, tables]
        return self._post(prop("download", "data"), files, states, pressed)

    def picture(self, block: str, search: str = "", *, act: str = "svg") -> dict[str, Any]:
        """A block as a figure to print."""
        pressed = {"act": act, "block": block}
        kinds = [[prop({"act": a, "block": block}, "n_clicks", 1)] for a in ("png", "svg")]
        return self._post(prop("picture", "data"), kinds, [_search(search)], pressed)

    def _filled(
        self, block: str, search: str, outputs: list[tuple[str, str]], shape: str
    ) -> dict[str, Any]:
        found = [prop(part(name, block), kind) for name, kind in outputs]
        state = [prop(part(shape, block), "id", part(shape, block))]
        return self._post(found, [_search(search)], state, "url")

    def _post(
        self, outputs: Any, inputs: list[Any], state: list[Any], changed: str | dict[str, str]
    ) -> dict[str, Any]:
        first = outputs[0] if isinstance(outputs, list) else outputs
        wanted = _pattern(first)
        body = {
            "output": next(o for o in self.outputs if o.removeprefix("..").startswith(wanted)),
            "outputs": outputs,
            "inputs": inputs,
            "state": state,
            "changedPropIds": [
                f"{written(changed)}.{'search' if changed == 'url' else 'n_clicks'}"
            ],
        }
        answered = self.client.post(CALLBACKS, json=body)
        if answered.status_code == 204:
            return {}
        if answered.status_code != 200:
            return {"status": answered.status_code}
        return dict(answered.get_json())


def _search(search: str) -> dict[str, object]:
    return prop("url", "search", search)


def _pattern(output: dict[str, Any]) -> str:
    """How Dash names the first output of a callback: `MATCH` stands for any block."""
    identity = output["id"]
    if isinstance(identity, str):
        return f"{identity}.{output['property']}"
    return f"{written(identity | {'block': ['MATCH']})}.{output['property']}"
