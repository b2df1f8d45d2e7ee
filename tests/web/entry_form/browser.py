"""What a browser without scripts would post for a form in a page, and what it would press on Enter."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from werkzeug.datastructures import MultiDict

from tests.page import Page


def form_in(page: Page) -> Element:
    """The form in the page's own part."""
    return next(page.one("main").iter("form"))


def inputs(page: Page) -> MultiDict[str, str]:
    """The values that would be posted, in their order, without any button."""
    return MultiDict(list(_values(form_in(page))))


def buttons(page: Page) -> list[str]:
    """The values of the buttons in their order: Enter presses the first."""
    return [button.attrib["value"] for button in form_in(page).iter("button")]


def _values(form: Element) -> Iterator[tuple[str, str]]:
    for element in form.iter():
        name = element.attrib.get("name")
        if name is None or element.tag == "button":
            continue
        if element.tag == "input" and (
            element.attrib["type"] not in {"checkbox", "radio"} or "checked" in element.attrib
        ):
            yield name, element.attrib.get("value", "")
        if element.tag == "textarea":
            yield name, (element.text or "").replace("\n", "\r\n")
        if element.tag == "select":
            options = list(element.iter("option"))
            yield name, next((one for one in options if "selected" in one.attrib), options[0]).attrib["value"]
