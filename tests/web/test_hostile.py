"""Hostile strings in everything that an outsider can fill: shown as they are or left out, never run, never an error."""

from xml.etree.ElementTree import Element

import html5lib
import pytest
from werkzeug.test import TestResponse

from directory.search.criteria import Facet
from directory.web.security import HEADERS
from tests.page import Pages
from tests.web.hostile import HOSTILE, MARK

FIELDS = ("q", "near", "o", "s", "not", "literal", "page", *Facet)
SHOWN_AS_TYPED = 100
"""Strings up to this length are shown whole in the box that they were typed into."""


def check_page(tree: Element, where: str) -> None:
    """Nothing of the string became an element, an attribute or an address of the page."""
    for element in tree.iter():
        if not isinstance(element.tag, str):  # a comment
            assert MARK not in (element.text or ""), where
            continue
        assert element.tag not in {"iframe", "object", "embed", "base", "style", "math", "template", "video", "img"}, (
            where
        )
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"], (
            where,
            element.attrib,
        )
        for name in ("href", "src", "action", "formaction"):
            address = element.attrib.get(name, "")
            own = address.startswith(("/", "#", "http://localhost/")) and not address.startswith("//")
            assert own or MARK not in address, (where, address)
            assert not address.lower().startswith(("javascript:", "data:")), (where, address)
        if element.tag == "script":
            assert MARK not in (element.text or "") + element.attrib.get("src", ""), where


def check(answer: TestResponse, where: str) -> None:
    assert answer.status_code < 500, (where, answer.status)
    assert "Set-Cookie" not in answer.headers, where
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS, where
    if answer.mimetype == "text/html":
        check_page(html5lib.parse(answer.get_data(as_text=True), namespaceHTMLElements=False), where)
    elif answer.mimetype != "application/json":
        assert MARK not in answer.get_data(as_text=True), where


def test_there_are_enough_of_them() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60


@pytest.mark.parametrize("path", ["/search", "/search.json", "/ar/list"])
def test_in_every_parameter_of_a_link(pages: Pages, path: str) -> None:
    client = pages.app.test_client()
    for string in HOSTILE:
        check(client.get(path, query_string={**dict.fromkeys(FIELDS, string), string: string}), f"{path} {string!r}")


def test_in_every_field_of_the_form(pages: Pages) -> None:
    client = pages.app.test_client()
    for string in HOSTILE:
        answer = client.post("/search", data=dict.fromkeys(FIELDS, string))
        check(answer, f"POST {string!r}")
        assert answer.status_code == 303
        location = answer.headers["Location"]
        assert location.startswith("/search")
        assert not string or MARK not in location
        assert client.get(location).status_code == 200


def test_in_addresses_and_headers(pages: Pages) -> None:
    client = pages.app.test_client()
    for string in HOSTILE:
        for path in (f"/organisations/{string}", f"/{string}", f"/ar/{string}", f"/static/{string}"):
            check(client.get(path), path)
        line = string.replace("\r", "").replace("\n", "").encode("utf-8", "replace").decode("latin-1")
        headers = dict.fromkeys(("Referer", "User-Agent", "Accept-Language", "Cookie", "X-Forwarded-For"), line)
        check(client.get("/", headers=headers), f"headers {string!r}")


def test_what_was_typed_is_shown_as_it_was_typed(pages: Pages) -> None:
    for string in ("<b>\"bold\" & 'brave'</b>", "a < b > c", "&amp; &lt;", "{{7*7}}"):
        page = pages.get("/search", query_string={"q": string}) if "{" not in string else None
        answer = pages.answer("/search", query_string={"q": string})
        tree = html5lib.parse(answer.get_data(as_text=True), namespaceHTMLElements=False)
        boxes = [field for field in tree.iter("input") if field.attrib.get("id") == "q"]
        assert [box.attrib["value"] for box in boxes] == [string]
        assert page is None or string not in page.html
