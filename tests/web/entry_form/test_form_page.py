"""The form in a page: what a browser would send for it is the entry, it holds whatever is typed, and Enter goes on."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given

from directory.config import ROOT
from directory.organisations.details import OrganisationDetails, Phone
from directory.organisations.stored import load
from directory.web.entry_form.sections import ALL
from directory.web.kept import current_taxonomy
from tests.factories import details, full_details, location, service, withheld_location
from tests.page import Page, Pages
from tests.strategies import few_examples, well_formed
from tests.web.conftest import settings, started
from tests.web.entry_form.browser import buttons, inputs
from tests.web.entry_form.page_of_form import FormPage, register
from tests.web.hostile import MARK, SCRIPTS

pytestmark = pytest.mark.any_database

SERVICE = UUID(int=7)
PLACE = UUID(int=9)
SEED = sorted((ROOT / "seed/organisations").glob("*.json"))[::9]
PATHS = ["/form", "/ar/form", *(f"/form?section={key}" for key in ALL)]


class Site:
    """The page of the form, and what was sent with it."""

    def __init__(self, pages: Pages, form: FormPage) -> None:
        self.pages = pages
        self.form = form

    def open(self, held: OrganisationDetails, path: str = "/form") -> Page:
        self.form.details = held
        self.form.sent.clear()
        return self.pages.get(path)

    def press(self, page: Page, button: str, **typed: str) -> Page:
        """The page after somebody typed this and pressed a button."""
        posted = inputs(page)
        for name, value in typed.items():
            assert name in posted, name
            posted.setlist(name, [value])
        posted["action"] = button
        return Page(page.path, self.pages.post(page.path, status=200, data=posted))

    def sent(self) -> OrganisationDetails:
        (sent,) = self.form.sent
        return sent


@pytest.fixture(scope="module")
def site(seeded_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    for app in started(settings(seeded_url, tmp_path_factory.mktemp("form"))):
        form = FormPage(full_details(), current_taxonomy)
        register(app, form)
        yield Site(Pages(app), form)


@pytest.mark.parametrize("path", PATHS)
def test_a_browser_sends_an_untouched_form_as_the_entry(site: Site, path: str) -> None:
    held = full_details()
    site.press(site.open(held, path), "continue")
    assert site.sent() == held


@pytest.mark.parametrize("file", SEED, ids=lambda file: file.stem)
def test_entries_of_the_seed_come_back_as_they_are(site: Site, file: object) -> None:
    held = load(json.loads(file.read_text(encoding="utf-8"))["details"])  # type: ignore[attr-defined]
    site.press(site.open(held), "continue")
    assert site.sent() == held


@few_examples
@given(held=well_formed)
def test_any_entry_comes_back_through_the_page(site: Site, held: OrganisationDetails) -> None:
    """With no line breaks alone at the start, no spaces lost, no character mistaken for markup."""
    site.press(site.open(held), "continue")
    assert site.sent() == held


@pytest.mark.parametrize("path", PATHS)
def test_enter_goes_on_and_removes_nothing(site: Site, path: str) -> None:
    page = site.open(full_details(), path)
    assert buttons(page)[0] == "continue"
    assert buttons(page)[-1] == "continue"


def test_nothing_that_is_not_known_is_answered_beforehand(site: Site) -> None:
    page = site.open(details(service(id=SERVICE, phones=())))
    checked = [one.attrib["name"] for one in page.all("input") if "checked" in one.attrib]
    assert checked == ["kind"]


def test_a_new_number_and_a_new_place_decide_nothing_beforehand(site: Site) -> None:
    page = site.press(site.open(details(service(id=SERVICE, phones=()))), f"add_phone:{SERVICE}")
    page = site.press(page, "add_location")
    checked = [one.attrib["name"] for one in page.all("input") if "checked" in one.attrib]
    assert checked == ["kind"]


def test_errors_stand_at_their_fields_and_above_and_nothing_is_lost(site: Site) -> None:
    page = site.open(details(service(id=SERVICE)))
    hours = f"service-{SERVICE}-opening_hours-we-opens-1"
    page = site.press(page, "continue", name="", website="my website", description="Kept.", **{hours: "half"})
    assert not site.form.sent
    summary = page.one("div", class_="govuk-error-summary")
    targets = [link.attrib["href"][1:] for link in summary.iter("a")]
    assert targets == ["name", "website", hours]
    for name in targets[:2]:
        field = page.one("input", id=name)
        assert f"{name}-error" in field.attrib["aria-describedby"].split()
        assert field.attrib["aria-invalid"] == "true"
    assert page.one("input", id=hours).attrib["value"] == "half"
    assert "Wednesday" in page.text
    assert page.one("input", id="website").attrib["value"] == "my website"
    assert page.one("textarea", id="description").text == "Kept."


def test_each_wrong_day_is_told_beside_its_time_and_above(site: Site) -> None:
    page = site.open(details(service(id=SERVICE)))
    hours = f"service-{SERVICE}-opening_hours"
    wrong = [f"{hours}-mo-opens-1", f"{hours}-we-closes-1", f"{hours}-ph-closes-2"]
    typed = {f"{hours}-set": "week", f"{hours}-bank-holidays": "open"} | dict.fromkeys(wrong, "half")
    page = site.press(page, "continue", **typed, **{f"{hours}-we-opens-1": "9"})
    summary = page.one("div", class_="govuk-error-summary")
    assert [link.attrib["href"][1:] for link in summary.iter("a")] == wrong
    for name, day in zip(wrong, ("Monday", "Wednesday", "Hours on bank holidays"), strict=True):
        described = page.one("input", id=name).attrib["aria-describedby"]
        assert day in "".join(page.one("p", id=described).itertext())
    assert len(page.all("p", class_="govuk-error-message")) == len(wrong)


def test_no_error_is_told_before_somebody_goes_on(site: Site) -> None:
    page = site.press(site.open(details(service(id=SERVICE))), "add_service", name="")
    assert not page.all("div", class_="govuk-error-summary")


def test_a_button_leads_on_to_what_it_made(site: Site) -> None:
    page = site.press(site.open(details(service(id=SERVICE))), "add_service")
    (focused,) = [one for one in page.tree.iter() if "autofocus" in one.attrib]
    assert re.fullmatch(r"service-new-[0-9a-f]{16}-name", focused.attrib["id"])
    page = site.press(page, f"remove_service:{SERVICE}")
    (focused,) = [one for one in page.tree.iter() if "autofocus" in one.attrib]
    assert focused.attrib["value"] == f"restore_service:{SERVICE}"


def test_what_was_removed_is_shown_as_removed_and_comes_back(site: Site) -> None:
    held = replace(
        details(service(id=SERVICE, phones=(Phone(number="+442084891000"),), locations=(PLACE,))),
        locations=(location(id=PLACE, name="Hall", withheld=False),),
    )
    page = site.open(held)
    for removal in (
        f"remove_phone:{SERVICE}:p442084891000-voice",
        f"remove_location:{PLACE}",
        f"remove_service:{SERVICE}",
    ):
        page = site.press(page, removal)
    assert page.text.count("Removed.") == 2, "the service, with its number, and the place"
    for back in (
        f"restore_service:{SERVICE}",
        f"restore_phone:{SERVICE}:p442084891000-voice",
        f"restore_location:{PLACE}",
    ):
        assert back in buttons(page)
        page = site.press(page, back)
    site.press(page, "continue")
    assert site.sent() == held


def test_a_private_address_is_shown_to_its_organisation_and_explained(site: Site) -> None:
    page = site.open(replace(details(service(id=SERVICE)), locations=(withheld_location(id=PLACE),)))
    assert page.one("input", id=f"location-{PLACE}-postcode").attrib["value"] == "N15 9ZX"
    assert "The public sees the area, and nothing else." in page.text


@pytest.mark.parametrize("section", ALL)
def test_hostile_strings_stay_text_in_every_field(site: Site, section: str) -> None:
    held, path = full_details(), f"/form?section={section}"
    fields = [name for name, values in inputs(site.open(held, path)).lists() if len(values) == 1]
    for hostile in SCRIPTS[ALL.index(section) :: len(ALL)]:
        page = site.press(site.open(held, path), "continue", **dict.fromkeys(fields, hostile))
        assert not [one for one in page.tree.iter() if MARK in one.tag or _is_run(one)], hostile


def _is_run(element: Element) -> bool:
    shown = {"value", "id", "for"}
    return any(MARK in value for name, value in element.attrib.items() if name not in shown) or (
        element.tag == "script" and MARK in (element.text or "")
    )


def test_the_names_of_things_are_in_the_language_of_the_page(site: Site) -> None:
    assert "العربية" in site.open(full_details(), "/ar/form").main
