"""The form of an entry in a browser, without scripts: nothing changes by itself, Enter goes on, and everyone can use it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Locator
from werkzeug.serving import make_server

from directory.organisations.details import Phone, PhoneKind
from directory.web.kept import current_taxonomy
from tests.factories import details, full_details, location, service, withheld_location
from tests.journeys.looking_over import AXE, faults, measure
from tests.journeys.visitor import COMPUTER, PHONE, Visitor
from tests.server import HOST
from tests.web.conftest import settings, started
from tests.web.entry_form.page_of_form import FormPage, register

SERVICE = UUID(int=7)
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


class FormSite:
    """The page of the form, served, and what was sent with it."""

    def __init__(self, form: FormPage, origin: str) -> None:
        self.form = form
        self.origin = origin


@pytest.fixture(scope="module")
def site(seeded_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FormSite]:
    for app in started(settings(seeded_url, tmp_path_factory.mktemp("form"))):
        form = FormPage(full_details(), current_taxonomy)
        register(app, form)
        server = make_server(HOST, 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield FormSite(form, f"http://localhost:{server.server_port}")
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def keeper(browser: Browser, site: FormSite) -> Iterator[Visitor]:
    """Somebody who keeps an entry, with a browser that runs no scripts."""
    site.form.details = details(service(id=SERVICE))
    site.form.sent.clear()
    visitor = Visitor(browser, site.origin, java_script_enabled=False)
    yield visitor
    visitor.leave()


def button(visitor: Visitor, value: str) -> Locator:
    return visitor.page.locator(f"button[name=action][value='{value}']").last


def focused(visitor: Visitor, tag: str) -> Locator:
    """Where the keyboard is: a new page gives the focus away only once it is drawn, so it is waited for."""
    where = visitor.page.locator(f"{tag}:focus")
    where.wait_for()
    return where


@pytest.mark.parametrize("path", ["/form", "/ar/form", "/form?section=places", "/form?section=contact"])
def test_an_untouched_form_changes_nothing(keeper: Visitor, site: FormSite, path: str) -> None:
    site.form.details = full_details()
    keeper.open(path)
    keeper.follow(button(keeper, "continue"))
    assert site.form.sent == [site.form.details]


def test_enter_in_any_text_goes_on(keeper: Visitor, site: FormSite) -> None:
    for field in ("name", f"service-{SERVICE}-phone-p442084891000-voice-number", f"service-{SERVICE}-name"):
        keeper.open("/form")
        with keeper.page.expect_navigation():
            keeper.page.locator(f"[id='{field}']").press("Enter")
        keeper.page.locator("#sent").wait_for()
    assert site.form.sent == [site.form.details] * 3


def test_a_number_is_added_removed_and_taken_back_with_the_keyboard(keeper: Visitor, site: FormSite) -> None:
    keeper.open("/form?section=contact")
    with keeper.page.expect_navigation():
        button(keeper, f"add_phone:{SERVICE}").press("Enter")
    focused(keeper, "input").press_sequentially("020 7946 0958")  # the new number
    keeper.page.locator(".form-record--phone").last.get_by_label("Text messages").press("Space")
    with keeper.page.expect_navigation():
        keeper.page.locator("button[value^=remove_phone]").last.press("Enter")
    with keeper.page.expect_navigation():
        focused(keeper, "button").press("Enter")  # the one that takes it back
    with keeper.page.expect_navigation():
        button(keeper, "continue").press("Enter")
    (sent,) = site.form.sent
    assert sent.services[0].phones[1] == Phone(number="+442079460958", kind=PhoneKind.TEXT)


def test_the_week_is_folded_away_until_it_is_chosen(keeper: Visitor, site: FormSite) -> None:
    keeper.open("/form?section=hours")
    monday = keeper.page.get_by_role("group", name="Monday", exact=True).get_by_label("Opens", exact=True)
    assert not monday.is_visible()
    keeper.page.get_by_label("On these days").check()
    monday.fill("9am")
    keeper.page.get_by_role("group", name="Monday", exact=True).get_by_label("Closes", exact=True).fill("5")
    keeper.follow(button(keeper, "continue"))
    keeper.page.locator(".govuk-error-summary a").click()
    focused(keeper, "input").fill("5pm")
    keeper.follow(button(keeper, "continue"))
    assert site.form.sent[0].services[0].opening_hours == "Mo 09:00-17:00"


@pytest.fixture(scope="module")
def reader(browser: Browser, site: FormSite) -> Iterator[Visitor]:
    """One visitor for all pages that are looked over, with axe at hand."""
    visitor = Visitor(browser, site.origin)
    visitor.context.add_init_script(path=AXE)
    yield visitor
    visitor.leave()


def with_errors(visitor: Visitor) -> None:
    visitor.page.fill("#name", "")
    visitor.page.fill("#website", LONG)
    visitor.page.locator("[name$=until-month]").first.fill("13")
    visitor.page.locator("[name$=-number]").first.fill("0123")
    visitor.follow(button(visitor, "continue"))


def with_long_texts(visitor: Visitor) -> None:
    visitor.page.evaluate(
        """text => document.querySelectorAll('main input[type=text], main textarea').forEach(each => each.value = text)""",
        LONG,
    )
    visitor.follow(button(visitor, "add_service"))


def with_records_removed(visitor: Visitor) -> None:
    for word in ("phone", "location", "service"):
        visitor.follow(visitor.page.locator(f"button[value^=remove_{word}]").first)


def untouched(_: Visitor) -> None:
    """As it is shown first."""


@pytest.mark.parametrize(
    ("state", "code", "screen"),
    [
        (untouched, "", PHONE),
        (untouched, "/ar", COMPUTER),
        (with_errors, "", COMPUTER),
        (with_errors, "/ar", PHONE),
        (with_long_texts, "", PHONE),
        (with_long_texts, "/ar", COMPUTER),
        (with_records_removed, "", COMPUTER),
        (with_records_removed, "/ar", PHONE),
    ],
    ids=lambda value: (
        getattr(value, "__name__", None) or str(value["width"] if isinstance(value, dict) else value or "en")
    ),
)
def test_everyone_can_use_the_form(
    reader: Visitor, site: FormSite, state: Callable[[Visitor], None], code: str, screen: Any
) -> None:
    site.form.details = replace(
        full_details(),
        locations=(location(name="Hall"), withheld_location()),
        services=(service(id=SERVICE, opening_hours="Aug Mo 10:00-12:00"), service(opening_hours="Mo-Fr 09:00-17:00")),
    )
    reader.page.set_viewport_size(screen)
    reader.open(f"{code}/form")
    state(reader)
    reader.page.evaluate("() => document.querySelectorAll('details').forEach(each => each.open = true)")
    measure(reader)
    assert faults(reader) == []
