"""The page of an organisation."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from directory.organisations.details import (
    Notice,
    OrganisationDetails,
    OrganisationKind,
    PassesToPolice,
    Phone,
    PhoneKind,
)
from directory.organisations.models import OrganisationRow
from directory.organisations.operations import add_organisation, hide, rename_slug
from directory.organisations.rules import ConfirmedBy
from tests.databases import Databases
from tests.factories import NOW, details, full_details, service, withheld_location
from tests.page import Page, Pages
from tests.web.public.made_directory import MadeDirectory, made_directory

SECRETS = ("Quiet House", "Canary", "9ZX", "51.123", "0.654")
HOSTILE = '</script><script>alert(1)</script> <b>"bold"</b> ${7*7} \u202e'


@pytest.fixture(scope="module")
def made(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeDirectory]:
    with made_directory(databases, tmp_path_factory.mktemp("index")) as made:
        yield made


@pytest.fixture(scope="module")
def full(made: MadeDirectory) -> Page:
    made.publish("harbour", full_details())
    return made.pages.get("/organisations/harbour")


@pytest.fixture(scope="module")
def bare(made: MadeDirectory) -> Page:
    made.publish(
        "bare", OrganisationDetails(name="Bare", kind=OrganisationKind.FAITH, services=(service(name="Bare"),))
    )
    return made.pages.get("/organisations/bare")


def linked_data(page: Page) -> dict[str, Any]:
    return dict(json.loads(page.one("script", type="application/ld+json").text or ""))


@pytest.mark.parametrize(
    "words",
    [
        "Harbour Haringey",
        "Stands beside people. Since 1994.",
        "Community organisation",
        "1000001",
        "Reporting line",
        "Takes reports.",
        "Call 020 8489 1000",
        "Turkish line",
        "Not on strike days.",
        "Text 85258",
        "Text messages only",
        "Ring us.",
        "You can contact them yourself, or someone like a doctor or social worker can do it for you.",
        "For people aged 16 to 25.",
        "For tenants of \u2068Harbour Homes\u2069 only.",
        "For young people.",
        "They can add an interpreter to a phone call, for most languages.",
        "The Old Library 12 High Road Second floor London N15 3QL",
        "You can see them in person.",
        "They do not come to people's homes.",
        "A call is free.",
        "Ring the bell.",
        "There is a waiting list until 1 September 2026.",
        "You can report without giving your name.",
        "They tell the police nothing unless you agree.",
        "We ring you within two days.",
        "Injunctions.",
        "You can ask them to leave you a voicemail safely.",
        "They do not pass your details to immigration authorities.",
        "For staff: how to refer someone Send the form.",
        "Last seen in 2020. Check before you travel.",
        "Last seen in 2023. It may have changed.",
        "Last seen in 2024. It may have changed.",
        "Not yet confirmed by the organisation.",
    ],
)
def test_the_page_says_everything_that_is_known(full: Page, words: str) -> None:
    assert words in full.main


def test_the_title_is_the_organisations_own_name(full: Page) -> None:
    assert full.title == "Harbour – Haringey support directory"


def test_every_number_can_be_tapped_for_what_it_is_for(full: Page) -> None:
    links = full.links()
    assert links["Call 020 8489 1000"] == "tel:+442084891000"
    assert links["Text 85258"] == "sms:85258"


def test_the_first_voice_number_stands_before_everything_else(full: Page) -> None:
    first = next(full.one("main").iter("a"))
    assert first.attrib["href"] == "tel:+442084891000"


def test_links_and_forms_of_the_organisation_are_there(full: Page) -> None:
    addresses = set(full.links().values())
    ways = {f"https://harbour.example.org/{way}" for way in ("line", "chat", "form", "refer", "")}
    assert addresses >= {*ways, "mailto:line@harbour.example.org"}


def test_the_week_is_told_day_by_day(full: Page) -> None:
    assert "Monday to Friday 9am to 5pm Saturday to Sunday Closed Bank holidays May be closed" in full.main
    assert "Every day 8am to 8pm" in full.main


@pytest.mark.parametrize(
    "word", ["police", "voicemail", "immigration", "interpreter", "refer", "Cost", "Access", "Opening", "Staff speak"]
)
def test_nothing_is_said_of_what_is_not_known(bare: Page, word: str) -> None:
    assert word not in bare.main


def test_a_service_that_bears_the_organisations_name_does_not_repeat_it(bare: Page) -> None:
    assert bare.main.count("Bare") == 1


def test_a_withheld_place_shows_its_area_alone(full: Page, made: MadeDirectory) -> None:
    hidden = withheld_location()
    made.publish("refuge", details(service(locations=(hidden.id,)), locations=(hidden,)))
    page = made.pages.get("/organisations/refuge")
    assert "The address is kept private. It is in District.N15." in page.main
    for secret in SECRETS:
        assert secret not in page.html
        assert secret not in full.html


def test_facts_against_reporting_are_told_as_plainly_as_those_for_it(made: MadeDirectory) -> None:
    given = {"takes_reports": False, "anonymous_reports": False, "passes_to_police": PassesToPolice.ALWAYS}
    made.publish("no-reports", details(service(**given)))
    main = made.pages.get("/organisations/no-reports").main
    assert "They do not take reports of what happened." in main
    assert "You must give your name to report." in main
    assert "They pass every report to the police." in main
    assert "third-party" not in main


def test_a_service_that_takes_reports_but_says_no_more_says_to_ask(made: MadeDirectory) -> None:
    made.publish("reports", details(service(takes_reports=True)))
    assert "We do not know yet what they do after you report." in made.pages.get("/organisations/reports").main


def test_a_service_without_any_way_to_reach_it_says_so(made: MadeDirectory) -> None:
    made.publish("two", details(service(), service(name="Group", phones=(), how_to_get_help="")))
    main = made.pages.get("/organisations/two").main
    assert "We do not know of a phone number, email or website for this service." in main


@pytest.mark.parametrize(
    ("confirmed_by", "words"),
    [
        (ConfirmedBy.ORGANISATION, "Confirmed by the organisation on 4 May 2026."),
        (ConfirmedBy.OFFICER_BY_PHONE, "We rang them and checked on 4 May 2026."),
        (ConfirmedBy.OFFICER_BY_SOURCE, "We checked this against their own information on 4 May 2026."),
        (ConfirmedBy.ANOTHER_DIRECTORY, "Confirmed by another directory on 4 May 2026."),
    ],
)
def test_it_says_when_and_how_it_was_confirmed(made: MadeDirectory, confirmed_by: ConfirmedBy, words: str) -> None:
    slug = f"confirmed-{confirmed_by.replace('_', '-')}"
    identity = made.publish(slug, details())
    with made.writing() as session:
        row = session.get_one(OrganisationRow, identity)
        row.confirmed_at, row.confirmed_by = datetime(2026, 5, 3, 23, 30, tzinfo=UTC), confirmed_by
    assert words in made.pages.get(f"/organisations/{slug}").main  # past midnight in London


def test_a_notice_is_shown_until_its_day_is_over(made: MadeDirectory) -> None:
    for slug, until in (("noticed", date(2999, 1, 1)), ("was-noticed", date(2020, 1, 1))):
        made.publish(slug, details(notice=Notice(text="We have moved for a while.", until=until)))
    assert "We have moved for a while." in made.pages.get("/organisations/noticed").main
    assert "We have moved for a while." not in made.pages.get("/organisations/was-noticed").main


def test_a_textphone_is_not_offered_as_a_number_to_speak_on(made: MadeDirectory) -> None:
    made.publish("deaf", details(service(phones=(Phone(number="18000", kind=PhoneKind.TEXTPHONE, text_relay=True),))))
    page = made.pages.get("/organisations/deaf")
    assert page.links()["Textphone 18000"] == "tel:18000"
    assert "For textphones only" in page.main
    assert "Call 18000" not in page.main


def test_it_leads_to_the_organisation_it_is_part_of_as_long_as_that_is_public(made: MadeDirectory) -> None:
    whole = made.publish("whole", details(name="The Whole"))
    made.publish("part", details(name="The Part", part_of=whole))
    assert made.pages.get("/organisations/part").link("The Whole") == "/organisations/whole"
    with made.writing() as session:
        hide(session, whole, by="test", now=NOW)
    assert "The Whole" not in made.pages.get("/organisations/part").main


def test_an_old_address_leads_to_the_new_one_for_good(made: MadeDirectory) -> None:
    identity = made.publish("old-name", details())
    with made.writing() as session:
        rename_slug(session, identity, "new-name", by="test", now=NOW)
    for prefix in ("", "/tr"):
        answer = made.pages.answer(f"{prefix}/organisations/old-name", status=301)
        assert answer.headers["Location"].endswith(f"{prefix}/organisations/new-name")


def test_a_hidden_entry_is_gone_and_a_draft_never_was(made: MadeDirectory) -> None:
    identity = made.publish("hidden", details())
    with made.writing() as session:
        hide(session, identity, by="test", now=NOW)
        add_organisation(session, organisation_id=service().id, slug="draft", details=details(), by="test", now=NOW)
    made.pages.get("/organisations/hidden", status=410)
    made.pages.get("/organisations/draft", status=404)
    made.pages.get("/organisations/nobody", status=404)


def test_the_organisations_own_words_keep_their_language_on_an_arabic_page(full: Page, made: MadeDirectory) -> None:
    page = made.pages.get("/ar/organisations/harbour")
    marked = [(p.attrib.get("lang"), p.attrib.get("dir")) for p in page.all("p") if p.text == "Ring us."]
    assert marked == [("en", "ltr")]
    assert [p.attrib.get("lang") for p in page.all("p") if p.text == "بلاغات"] == [None]
    assert [p.attrib.get("lang") for p in full.all("p") if p.text == "Ring us."] == [None]
    assert all(bdi.attrib.get("dir") == "ltr" for bdi in page.all("bdi") if "020 8489" in (bdi.text or ""))


def test_what_an_organisation_writes_is_only_ever_text(made: MadeDirectory) -> None:
    hostile = service(name=HOSTILE, description=HOSTILE, eligibility=HOSTILE, how_to_get_help=HOSTILE)
    made.publish("hostile", details(hostile, name=HOSTILE, description=HOSTILE))
    page = made.pages.get("/organisations/hostile")
    assert len(page.all("script")) == 2
    assert not page.all("b")
    assert "${7*7}" in page.main
    assert linked_data(page)["name"] == HOSTILE


def test_trust_19_a_link_of_mixed_scripts_gives_itself_away_wherever_it_is_shown(made: MadeDirectory) -> None:
    fake = "https://h\u0430ringey.example/"
    held = service(website=fake, web_chat=fake, form=fake)
    made.publish("look-alike", details(held, website=fake))
    for address in ("/organisations/look-alike", "/list?o=look-alike"):
        page = made.pages.get(address)
        assert "xn--hringey-2fg.example" in page.main
        assert "h\u0430ringey" not in page.main


def test_machines_read_the_same_facts(full: Page) -> None:
    held = linked_data(full)
    assert (held["@type"], held["name"]) == ("NGO", "Harbour")
    assert held["@id"] == "http://localhost/organisations/harbour"
    assert held["location"][0]["address"]["postalCode"] == "N15 3QL"
    offered = held["makesOffer"][0]["itemOffered"]
    assert offered["availableChannel"]["servicePhone"][0]["telephone"] == "020 8489 1000"


def test_it_can_be_put_on_a_short_list(full: Page) -> None:
    assert full.link("Put this on a short list to print or share") == "/list?o=harbour"


def test_every_entry_of_the_seed_has_its_page(pages: Pages) -> None:
    found = [f"/search.json?page={page}" for page in range(1, 6)]
    slugs = {hit["organisation"] for address in found for hit in pages.answer(address).get_json()["results"]}
    assert len(slugs) > 60
    for slug in sorted(slugs):
        pages.get(f"/organisations/{slug}")
    for slug in sorted(slugs)[::8]:
        pages.get(f"/ar/organisations/{slug}")
