"""Filling in a public form as a person does: opened a while ago, sent as the page gives it."""

from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

from directory import clock
from directory.web.plain_form import stamp
from tests.officers import SECRET_KEY
from tests.page import Page, Pages

A_WHILE = timedelta(minutes=1)


def filled(name: str, /, *, opened: timedelta = A_WHILE, **typed: str) -> dict[str, str]:
    """What is sent when a form that was opened a while ago is filled in so."""
    return {"stamp": stamp(name, SECRET_KEY, clock.now() - opened), "subject": "", **typed}


def refused(pages: Pages, path: str, data: dict[str, str], status: int = 422, **options: Any) -> Page:
    """The page that says what is wrong, checked like every page."""
    return Page(path, pages.post(path, status=status, data=data, **options))


def errors(page: Page) -> dict[str, str]:
    """The errors at the top of a page, by the field to which each leads."""
    summary = page.one("div", class_="govuk-error-summary")
    return {link.attrib["href"].removeprefix("#"): link.text or "" for link in summary.iter("a")}


def control(page: Page, name: str) -> Element:
    """The only control of that name."""
    found = [element for tag in ("input", "textarea") for element in page.all(tag, name=name)]
    assert len(found) == 1
    return found[0]


def typed(page: Page, name: str) -> str:
    """What stands in a field."""
    element = control(page, name)
    return (element.text or "").removeprefix("\n") if element.tag == "textarea" else element.attrib["value"]
