"""Content without callbacks, sent as HTML text: in the browser every Dash component costs a
listener that hears of every other, so that a table of a thousand cells would take half a minute."""

import re
from html import escape
from typing import Any

PLAIN = "dash_html_components"
NAMES = {"className": "class", "htmlFor": "for"}
BOOLEAN = {"hidden", "open", "checked", "required"}
VOID = {"img", "br", "hr", "wbr", "input"}


def frozen(drawn: Any) -> Any:
    """A component in JSON; the inside of each of its parts that is plain becomes an attribute.

    The browser puts the HTML of `data-html` inside (components/assets/app.js); the rest of Dash
    sees an empty element.
    """
    if isinstance(drawn, list):
        return [frozen(part) for part in drawn]
    if not _is_component(drawn):
        return drawn
    props = dict(drawn["props"])
    children = props.pop("children", None)
    if drawn["namespace"] == PLAIN and _is_plain(children):
        props["data-html"] = _html(children)
    else:
        props["children"] = frozen(children)
    return {**drawn, "props": props}


def _is_component(part: Any) -> bool:
    return isinstance(part, dict) and "namespace" in part


def _is_plain(part: Any) -> bool:
    """Whether nothing in it has an address of its own for callbacks."""
    if isinstance(part, list):
        return all(_is_plain(one) for one in part)
    if not _is_component(part):
        return True
    props = part["props"]
    here = part["namespace"] == PLAIN and "n_clicks" not in props
    return here and isinstance(props.get("id", ""), str) and _is_plain(props.get("children"))


def _html(part: Any) -> str:
    if part is None:
        return ""
    if isinstance(part, list):
        return "".join(_html(one) for one in part)
    if not _is_component(part):
        return escape(str(part))
    name = part["type"].lower()
    attributes = "".join(
        _attribute(key, value) for key, value in part["props"].items() if key != "children"
    )
    end = "" if name in VOID else f"{_html(part['props'].get('children'))}</{name}>"
    return f"<{name}{attributes}>{end}"


def _attribute(key: str, value: Any) -> str:
    if value is None or key == "key" or (key in BOOLEAN and not value):
        return ""
    if key in BOOLEAN:
        return f" {key}"
    if key == "style":
        value = ";".join(f"{_hyphenated(name)}:{size}" for name, size in value.items())
    if isinstance(value, bool):  # as in aria-expanded
        value = str(value).lower()
    return f' {NAMES.get(key, key.lower())}="{escape(str(value))}"'


def _hyphenated(name: str) -> str:
    return re.sub("([A-Z])", lambda letter: f"-{letter[0].lower()}", name)
