"""The states of a link, each with its page; what opening never does; and that no link opens another's entry."""

from itertools import count
from uuid import UUID

import pytest
from sqlalchemy import select

from directory import clock
from directory.checks.issuing import revoke_links
from directory.checks.links import CONTACT_CHANGE, LinkSigner
from directory.checks.models import LinkRow
from directory.outbox.models import OutboxRow
from tests.factories import details
from tests.web.conftest import LINK_KEY
from tests.web.update.linked import SIGNED, SIGNER, Linked

NUMBERS = count()
BELOW = (
    "",
    "/edit",
    "/edit/what",
    "/review",
    "/part",
    "/part/edit",
    "/part/review",
    "/person",
    "/contact",
    "/new-link",
)


@pytest.fixture
def harbour(linked: Linked) -> UUID:
    return linked.entry(f"harbour-{next(NUMBERS)}", details())


@pytest.fixture
def link(linked: Linked, harbour: UUID) -> str:
    return linked.link(harbour)


def mails_with_links(linked: Linked, identity: UUID) -> list[str]:
    with linked.made.writing() as session:
        rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == "your_link").order_by(OutboxRow.created_at))
        return [row.link_ids[0] for row in rows if str(identity) in map(str, row.organisation_ids)]


@pytest.mark.parametrize("below", BELOW[:-1])
def test_a_forged_link_is_unknown_everywhere(linked: Linked, below: str) -> None:
    forged = [LinkSigner(["x" * 40]).token("aaaaaaaaaa"), LinkSigner([LINK_KEY], CONTACT_CHANGE).token("aaaaaaaaaa")]
    for token in ("nonsense", "aaaaaaaaaa.", SIGNER.token("aaaaaaaaaa"), "\u0131.\u0131", *forged):
        page = linked.pages.get(f"/u/{token}{below}", status=404)
        assert page.heading == "We do not know this link"
        linked.pages.post(f"/u/{token}{below}", status=404, data=SIGNED)


@pytest.mark.parametrize("below", BELOW[:-1])
def test_an_old_link_offers_a_new_one(linked: Linked, harbour: UUID, below: str) -> None:
    old = linked.old_link(harbour)
    page = linked.pages.get(f"{old}{below}", status=410)
    assert page.heading == "This link is too old"
    assert page.one("form").attrib["action"] == f"{old}/new-link"
    linked.pages.post(f"{old}{below}", status=410, data={"kind": "all_correct", **SIGNED})
    assert harbour not in [of for _, of in linked.answers()]


def test_a_new_link_goes_to_the_address_on_file_at_most_three_times_a_day(linked: Linked, harbour: UUID) -> None:
    old = linked.old_link(harbour)
    for _ in range(5):
        assert linked.pages.post(f"{old}/new-link").headers["Location"] == f"{old}/new-link"
        assert linked.pages.get(f"{old}/new-link").heading == "Look in your email"
    sent = mails_with_links(linked, harbour)
    assert len(sent) == 3
    assert linked.pages.get(f"/u/{SIGNER.token(sent[-1])}").heading == "Is this still right?"
    assert linked.pages.get(old, status=410).heading == "There is a newer link"


def test_a_link_that_was_taken_back_says_so(linked: Linked, harbour: UUID, link: str) -> None:
    with linked.made.writing() as session:
        revoke_links(session, linked.contacts[harbour], clock.now())
    assert linked.pages.get(link, status=410).heading == "This link no longer works"


def test_an_answered_link_leads_from_everywhere_to_its_answer(linked: Linked, link: str) -> None:
    linked.pages.post(link, data={"kind": "all_correct", **SIGNED})
    for below in BELOW[1:-1]:
        assert linked.pages.answer(f"{link}{below}", status=303).headers["Location"] == link
        assert linked.pages.post(f"{link}{below}", data=SIGNED).headers["Location"] == link


def test_a_wrong_method_is_refused(linked: Linked, link: str) -> None:
    for method in ("put", "delete", "patch"):
        answer = getattr(linked.made.app.test_client(), method)(link)
        assert answer.status_code == 405
        assert "That did not work" in answer.get_data(as_text=True)


def test_trust_1_opening_twenty_times_changes_nothing(linked: Linked, link: str) -> None:
    client, before = linked.made.app.test_client(), linked.dump()
    for _ in range(20):
        for method in (client.get, client.head, client.options):
            for below in BELOW:
                answer = method(f"{link}{below}")
                assert answer.status_code in {200, 303}
                assert "Set-Cookie" not in answer.headers
    assert linked.dump() == before


def test_trust_3_no_link_opens_another_entry(linked: Linked) -> None:
    names = ("Anchor", "Beacon", "Cairn")
    entries = {name: linked.entry(f"{name.lower()}-{next(NUMBERS)}", details(name=name)) for name in names}
    links = {name: linked.link(identity) for name, identity in entries.items()}
    for name, link in links.items():
        linked.pages.post(f"{link}/part", data={"sections": ["contact"], "kind": "changed", **SIGNED})
        for below in BELOW:
            main = linked.pages.get(f"{link}{below}").main
            assert not [other for other in names if other != name and other in main]
    for name in names[:2]:
        linked.pages.post(links[name], data={"kind": "closed", "organisation_id": str(entries["Cairn"]), **SIGNED})
    assert entries["Cairn"] not in [of for _, of in linked.answers()]
    id_of = {name: SIGNER.link_id(link.removeprefix("/u/")) for name, link in links.items()}
    mixed = f"/u/{id_of['Cairn']}.{links['Anchor'].rpartition('.')[2]}"
    linked.pages.post(mixed, status=404, data={"kind": "closed", **SIGNED})


def test_trust_6_host_headers_never_change_where_anything_leads(linked: Linked, link: str) -> None:
    forged = {
        "X-Forwarded-Host": "elsewhere.example",
        "X-Forwarded-Proto": "gopher",
        "Forwarded": "host=elsewhere.example",
    }
    assert linked.pages.get(link, headers=forged).html == linked.pages.get(link).html
    answer = linked.pages.post(link, data={"kind": "part", **SIGNED}, headers=forged)
    assert answer.headers["Location"] == f"{link}/part"
    assert linked.made.app.test_client().get(link, headers={"Host": "elsewhere.example"}).status_code == 400


def test_forms_of_other_sites_are_refused(linked: Linked, link: str, harbour: UUID) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    linked.pages.post(link, status=403, data={"kind": "closed", **SIGNED}, headers=headers)
    assert harbour not in [of for _, of in linked.answers()]


def test_the_page_stands_in_the_language_of_the_link_or_of_the_readers_choice(linked: Linked, harbour: UUID) -> None:
    linked.language(harbour, "ar")
    link = linked.link(harbour)
    page = linked.pages.get(link)
    assert page.one("html").attrib["dir"] == "rtl"
    english = linked.pages.get(page.link("English"))
    assert english.heading == "Is this still right?"
    assert english.one("form").attrib["action"] == f"{link}?lang=en"
    assert linked.pages.get(f"{link}?lang=nonsense").one("html").attrib["lang"] == "ar"
    with linked.made.writing() as session:
        session.get_one(LinkRow, SIGNER.link_id(link.removeprefix("/u/"))).language = "so"
    assert linked.pages.get(link).one("html").attrib["lang"] == "en"
