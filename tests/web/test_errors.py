"""Every error has its status and page, with the emergency numbers, and none needs more than it can have."""

from pathlib import Path

import pytest
from flask import Flask, abort

from directory import create_app
from directory.organisations.queries import OrganisationGone, OrganisationMoved, OrganisationNotFound
from tests.page import Pages
from tests.web.conftest import settings


def fail(error: Exception) -> None:
    raise error


@pytest.fixture
def broken(tmp_path: Path) -> Pages:
    """An application whose database cannot be reached, with an address for each error."""
    app: Flask = create_app(settings(f"sqlite:///{tmp_path}/no-such-folder/directory.sqlite", tmp_path))
    for status in (400, 403, 405, 413, 429):
        app.add_url_rule(f"/{status}", f"{status}", lambda status=status: abort(status))
    errors = {
        "/not-found": OrganisationNotFound("x"),
        "/gone": OrganisationGone("x"),
        "/moved": OrganisationMoved("new-name"),
        "/broken": ZeroDivisionError("unforeseen"),
    }
    for path, error in errors.items():
        app.add_url_rule(path, path, lambda error=error: fail(error))
    return Pages(app)


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/nowhere", 404, "Page not found"),
        ("/not-found", 404, "Page not found"),
        ("/gone", 410, "This entry is no longer listed"),
        ("/429", 429, "Please wait a minute"),
        ("/broken", 500, "Something went wrong"),
        ("/kept-current", 503, "The site is busy"),
        ("/400", 400, "That did not work"),
        ("/403", 403, "That did not work"),
        ("/405", 405, "That did not work"),
        ("/413", 413, "That did not work"),
    ],
)
def test_each_error_has_its_page_with_the_emergency_numbers(
    broken: Pages, path: str, status: int, heading: str
) -> None:
    page = broken.get(path, status=status)
    assert page.heading == heading
    assert "tel:999" in [link.attrib["href"] for link in page.one("main").iter("a")]
    assert page.one("meta", name="robots").attrib["content"] == "noindex, nofollow"


def test_an_error_page_is_in_the_language_of_its_address(broken: Pages) -> None:
    assert broken.get("/ar/nowhere", status=404).one("html").attrib["dir"] == "rtl"
    assert broken.get("/ar/kept-current", status=503).one("html").attrib["lang"] == "ar"


def test_what_is_busy_says_when_to_come_back(broken: Pages) -> None:
    assert broken.get("/kept-current", status=503).headers["Retry-After"] == "30"


def test_an_old_address_of_an_entry_leads_to_the_new_one(broken: Pages) -> None:
    assert broken.answer("/moved", status=301).headers["Location"] == "/organisations/new-name"


def test_an_error_page_says_nothing_of_what_went_wrong(broken: Pages) -> None:
    assert "unforeseen" not in broken.get("/broken", status=500).html
    assert "no-such-folder" not in broken.get("/kept-current", status=503).html
