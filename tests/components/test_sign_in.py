"""The sign-in page: what it offers, and that what people typed stays text."""

import re
from html.parser import HTMLParser
from pathlib import Path

from components.sign_in import SEES, sign_in_page
from data.access.viewer import ROLES

CSS = Path(__file__).parents[2] / "components" / "assets" / "sign-in.css"


class Page(HTMLParser):
    """The elements of a page, as (tag, attributes)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [a for t, a in self.elements if t == tag and wanted.items() <= a.items()]


def test_every_field_has_a_label_and_tells_password_managers_what_it_is() -> None:
    page = Page(sign_in_page(next="/map"))
    labelled = {label["for"] for label in page.all("label")}
    shown = [field for field in page.all("input") if field.get("type") != "hidden"]
    assert {field["id"] for field in shown} == labelled == {"name", "password"}
    autocomplete = [field["autocomplete"] for field in shown]
    assert autocomplete == ["username", "current-password"]
    assert page.all("html", lang="zh-CN")


def test_it_posts_to_the_gate_and_remembers_where_to_go() -> None:
    page = Page(sign_in_page(next="/map?a=1&b=2", demo=True))
    forms = page.all("form")
    assert [(form["method"], form["action"]) for form in forms] == [("post", "/sign-in")] * 2
    assert [field["value"] for field in page.all("input", name="next")] == ["/map?a=1&b=2"] * 2


def test_an_error_is_announced_and_belongs_to_the_fields() -> None:
    assert not Page(sign_in_page(next="/")).all("p", role="alert")
    html = sign_in_page(next="/", name="zhang", error="账号或密码不正确")
    page = Page(html)
    assert page.all("p", role="alert", id="problem")
    assert "账号或密码不正确" in html
    described = [f for f in page.all("input") if f.get("aria-describedby") == "problem"]
    assert [field["id"] for field in described] == ["name", "password"]
    assert page.all("input", id="name", value="zhang")
    assert not page.all("input", id="password")[0].get("value")


def test_the_demo_offers_six_roles_each_with_what_it_sees() -> None:
    assert set(SEES) == set(ROLES)
    html = sign_in_page(next="/", demo=True)
    buttons = Page(html).all("button", name="demo")
    assert [button["value"] for button in buttons] == list(ROLES)
    assert "演示数据" in html
    assert all(sees in html for sees in SEES.values())


def test_without_demo_nothing_hints_at_it() -> None:
    html = sign_in_page(next="/")
    assert "演示" not in html
    assert not Page(html).all("button", name="demo")


def test_what_people_type_stays_text() -> None:
    attack = "\"><script>alert('x')</script>"
    page = Page(sign_in_page(next=attack, name=attack, error=attack, demo=True))
    assert not page.all("script")
    assert page.all("input", id="name")[0]["value"] == attack


def test_nothing_is_inline_and_nothing_comes_from_elsewhere() -> None:
    page = Page(sign_in_page(next="/", name="zhang", error="错误", demo=True))
    assert not page.all("script")
    assert not page.all("style")
    for tag, attributes in page.elements:
        assert "style" not in attributes, tag
        assert not [name for name in attributes if name.startswith("on")], tag
    sheets = [link["href"] for link in page.all("link", rel="stylesheet")]
    assert sheets == ["/assets/vendor/bootstrap.min.css", "/assets/sign-in.css"]
    assert not re.search(r"url\(|@import|https?:", CSS.read_text("utf-8"))


def test_its_style_touches_no_other_page() -> None:
    rules = re.sub(r"/\*.*?\*/", "", CSS.read_text("utf-8"), flags=re.DOTALL)
    selectors = re.findall(r"([^{}]+)\{", rules)
    for selector in ",".join(s for s in selectors if "@media" not in s).split(","):
        assert selector.strip().startswith(".sign-in"), selector
