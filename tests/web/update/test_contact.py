"""Another mailbox is to be asked: asking for it, and the yes or no of the old one, which alone changes anything."""

from datetime import timedelta
from html import unescape
from itertools import count
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from directory import clock
from directory.checks.contacts import Mailbox, ask_contact_change, replace_contact
from directory.checks.links import CONTACT_CHANGE, LinkSigner
from directory.checks.models import ContactChangeRow, ContactRow
from directory.checks.queries import contacts_of
from directory.checks.rules import Ladder
from directory.organisations.queries import current_slug
from directory.outbox.message import MailKind
from directory.outbox.models import OutboxRow
from directory.people.models import PersonRow
from directory.tasks.queries import open_tasks
from directory.tasks.rules import TaskKind
from tests.factories import details
from tests.page import Page
from tests.web.conftest import LINK_KEY
from tests.web.hostile import SCRIPTS, TEMPLATES
from tests.web.public.sending import errors, refused, typed
from tests.web.update.linked import OFFICER, SIGNER, Linked
from tests.web.update.test_hostile import harmless

NUMBERS = count()
CHANGES = LinkSigner([LINK_KEY], CONTACT_CHANGE)
NEW = {"new_email": "new@harbour.example.org", "new_name": "Berfin", "new_role": "Chair"}
QUESTION = "Should we write to another address?"


@pytest.fixture
def harbour(linked: Linked) -> UUID:
    number = next(NUMBERS)
    return linked.entry(f"haven-{number}", details(name="Haven <& Co>"), f"old-{number}@harbour.example.org")


@pytest.fixture
def link(linked: Linked, harbour: UUID) -> str:
    return linked.link(harbour)


@pytest.fixture
def asked(linked: Linked, harbour: UUID) -> str:
    return ask(linked, harbour)


def ask(linked: Linked, identity: UUID, *, by: str = "link:1", ago: int = 0, **words: str) -> str:
    """The address that is mailed to the old contact."""
    new = Mailbox(**{"email": "new@harbour.example.org", "language": "en", "name": "Berfin", "role": "Chair", **words})
    with linked.made.writing() as session:
        at = clock.now() - timedelta(days=ago)
        row = ask_contact_change(session, linked.contacts[identity], new, by=by, now=at, ladder=Ladder())
        return f"/c/{CHANGES.token(row.id)}"


def reads(linked: Linked, identity: UUID) -> list[str]:
    """The addresses that are asked about an entry."""
    with linked.made.writing() as session:
        return [session.get_one(PersonRow, held.person_id).email for held in contacts_of(session, identity)]


def mails(linked: Linked, identity: UUID, kind: MailKind) -> set[str]:
    """Who is sent a mail of this kind about an entry."""
    with linked.made.writing() as session:
        rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == kind)).all()
        about = [row for row in rows if str(identity) in map(str, row.organisation_ids)]
        return {session.get_one(PersonRow, row.person_id).email for row in about}


def changes(linked: Linked, identity: UUID) -> list[str]:
    with linked.made.writing() as session:
        query = select(ContactChangeRow.id).where(ContactChangeRow.contact_id == linked.contacts[identity])
        return list(session.scalars(query.order_by(ContactChangeRow.asked_at)))


def tasks(linked: Linked, identity: UUID) -> list[TaskKind]:
    with linked.made.writing() as session:
        return [task.kind for task in open_tasks(session, organisation_id=identity)]


def test_the_page_shows_the_address_only_to_who_knows_it_and_is_led_to(linked: Linked, link: str) -> None:
    for below in ("", "/person"):
        assert linked.pages.get(f"{link}{below}").link("Change who gets our emails") == f"{link}/contact"
    page = linked.pages.get(f"{link}/contact")
    assert page.heading == "Who gets our emails?"
    assert "o…@harbour.example.org" in page.main
    assert "old-" not in page.html


def test_asking_sends_a_mail_to_the_old_address_and_changes_nothing(linked: Linked, link: str, harbour: UUID) -> None:
    before = reads(linked, harbour)
    answer = linked.pages.post(f"{link}/contact", data=NEW)
    page = linked.pages.get(answer.headers["Location"])
    assert page.heading == "Is this still right?"
    assert "We sent an email to the address that we write to now." in page.main
    assert reads(linked, harbour) == before
    assert mails(linked, harbour, MailKind.CONTACT_CHANGE_ASKED) == {*before}
    assert TaskKind.CONTACT_CHANGE in tasks(linked, harbour)
    page = linked.pages.get(f"/c/{CHANGES.token(changes(linked, harbour)[0])}")
    assert "somebody who opened a link from our emails" in page.main


@pytest.mark.parametrize(
    "email",
    [
        "",
        "can at example",
        "a@harbour.example.org\r\nBcc: b@elsewhere.example.org",
        "a@harbour.example.org\nBcc: b@elsewhere.example.org",
        "a@harbour.example.org%0d%0aBcc:b@elsewhere.example.org",
        "a@harbour.example.org\u2028b@elsewhere.example.org",
        "a@harbour.example.org, b@elsewhere.example.org",
        "Can <a@harbour.example.org>",
        "<script>@harbour.example.org",
        "a" * 300 + "@harbour.example.org",
    ],
)
def test_what_is_not_one_address_is_refused_and_nothing_is_lost(
    linked: Linked, link: str, harbour: UUID, email: str
) -> None:
    before = linked.dump()
    page = refused(linked.pages, f"{link}/contact", {**NEW, "new_email": email})
    assert set(errors(page)) == {"new_email"}
    assert (typed(page, "new_name"), typed(page, "new_role")) == ("Berfin", "Chair")
    assert linked.dump() == before
    assert not changes(linked, harbour)


def test_the_address_that_we_write_to_now_is_no_new_one(linked: Linked, link: str, harbour: UUID) -> None:
    (now,) = reads(linked, harbour)
    for same in (now, now.upper(), f" {now}"):
        page = refused(linked.pages, f"{link}/contact", {**NEW, "new_email": same})
        assert "already" in errors(page)["new_email"]
    assert not changes(linked, harbour)
    assert not mails(linked, harbour, MailKind.CONTACT_CHANGE_ASKED)


def test_the_old_address_is_asked_at_most_three_times_a_day(linked: Linked, link: str, harbour: UUID) -> None:
    for _ in range(3):
        linked.pages.post(f"{link}/contact", data=NEW)
    page = refused(linked.pages, f"{link}/contact", NEW)
    assert "at most three" in errors(page)["new_email"]
    assert typed(page, "new_email") == NEW["new_email"]
    assert len(changes(linked, harbour)) == 3


def test_a_link_asks_about_its_own_contact_alone(linked: Linked, link: str, harbour: UUID) -> None:
    other = linked.entry(f"haven-{next(NUMBERS)}", details(name="Other"))
    forged = {"contact_id": str(linked.contacts[other]), "organisation_id": str(other)}
    linked.pages.post(f"{link}/contact?contact_id={linked.contacts[other]}", data={**NEW, **forged})
    assert (len(changes(linked, harbour)), changes(linked, other)) == (1, [])


def test_the_question_says_what_is_asked_and_nothing_is_chosen(linked: Linked, asked: str) -> None:
    page = linked.pages.get(asked)
    assert page.heading == QUESTION
    for words in ("Haven <& Co>", "new@harbour.example.org", "Berfin, Chair"):
        assert words in page.main
    choices = page.all("input", type="radio", name="answer")
    assert [choice.attrib["value"] for choice in choices] == ["yes", "no"]
    assert not [choice for choice in choices if "checked" in choice.attrib]
    assert page.one("meta", name="robots").attrib["content"] == "noindex, nofollow"


def test_an_officer_who_asks_is_named_as_such(linked: Linked, harbour: UUID) -> None:
    page = linked.pages.get(ask(linked, harbour, by=OFFICER))
    assert "Who wants this: the Community Safety Team" in page.main


def test_with_a_yes_the_new_mailbox_is_asked_and_both_are_told(linked: Linked, asked: str, harbour: UUID) -> None:
    old, link = reads(linked, harbour), linked.link(harbour)
    assert linked.pages.post(asked, data={"answer": "yes"}).headers["Location"] == asked
    assert "we were told yes" in linked.pages.get(asked).main
    assert reads(linked, harbour) == ["new@harbour.example.org"]
    assert mails(linked, harbour, MailKind.CONTACT_CHANGED) == {*old, "new@harbour.example.org"}
    assert TaskKind.CONTACT_CHANGE not in tasks(linked, harbour)
    page = linked.pages.get(link, status=410)
    assert "020 8489 1000" in page.main
    with linked.made.writing() as session:
        slug = current_slug(session, harbour)
    asking = page.link("Or ask for a new link on the page of your organisation")
    assert asking == f"/organisations/{slug}/update"
    assert linked.pages.get(asking).heading == "This is my organisation"


def test_with_a_no_everything_stays_and_both_are_told(linked: Linked, asked: str, harbour: UUID) -> None:
    old = reads(linked, harbour)
    linked.pages.post(asked, data={"answer": "no"})
    assert "we were told no" in linked.pages.get(asked).main
    assert reads(linked, harbour) == old
    assert mails(linked, harbour, MailKind.CONTACT_CHANGED) == {*old, "new@harbour.example.org"}


@pytest.mark.parametrize("first", ["yes", "no"])
def test_it_is_decided_once(linked: Linked, asked: str, harbour: UUID, first: str) -> None:
    linked.pages.post(asked, data={"answer": first})
    before = linked.dump()
    for answer in ("yes", "no", "nonsense"):
        assert linked.pages.post(asked, data={"answer": answer}).headers["Location"] == asked
    page = linked.pages.get(asked)
    assert page.heading == "This is decided"
    assert f"we were told {first}" in page.main
    assert "new@harbour.example.org" not in page.html
    assert linked.dump() == before


@pytest.mark.parametrize("data", [{}, {"answer": ""}, {"answer": "maybe"}, {"yes": "yes"}])
def test_neither_yes_nor_no_is_asked_again(linked: Linked, asked: str, data: dict[str, str]) -> None:
    before = linked.dump()
    assert set(errors(refused(linked.pages, asked, data))) == {"answer"}
    assert linked.dump() == before


def test_an_old_link_decides_nothing_and_says_what_to_do(linked: Linked, harbour: UUID) -> None:
    old, before = ask(linked, harbour, ago=31), reads(linked, harbour)
    page = Page(old, linked.pages.post(old, status=410, data={"answer": "yes"}))
    assert page.html == linked.pages.get(old, status=410).html
    assert page.heading == "This link is too old"
    assert "020 8489 1000" in page.main
    assert reads(linked, harbour) == before


def test_a_contact_that_was_replaced_meanwhile_decides_nothing(linked: Linked, asked: str, harbour: UUID) -> None:
    box = Mailbox(email="third@harbour.example.org", language="en")
    with linked.made.writing() as session:
        replace_contact(session, linked.contacts[harbour], box, by=OFFICER, now=clock.now())
    linked.pages.post(asked, status=410, data={"answer": "yes"})
    assert linked.pages.get(asked, status=410).heading == "This link no longer works"
    assert reads(linked, harbour) == ["third@harbour.example.org"]


def test_a_forged_link_is_unknown(linked: Linked, asked: str, link: str) -> None:
    change, update = CHANGES.link_id(asked.removeprefix("/c/")), link.removeprefix("/u/")
    forged = [SIGNER.token(change), LinkSigner(["x" * 40], CONTACT_CHANGE).token(change), f"{change}.{asked[-27:]}x"]
    for token in ("nonsense", f"{change}.", CHANGES.token("aaaaaaaaaa"), "\u0131.\u0131", update, *forged):
        assert linked.pages.get(f"/c/{token}", status=404).heading == "We do not know this link"
        linked.pages.post(f"/c/{token}", status=404, data={"answer": "yes"})
    linked.pages.get(f"/u/{asked.removeprefix('/c/')}", status=404)


def test_opening_changes_nothing(linked: Linked, asked: str, link: str) -> None:
    client, before = linked.made.app.test_client(), linked.dump()
    for method in (client.get, client.head, client.options):
        for path in (asked, f"{asked}?answer=yes", f"{link}/contact"):
            assert method(path).status_code == 200
    assert linked.dump() == before


def test_forms_of_other_sites_are_refused(linked: Linked, asked: str, link: str, harbour: UUID) -> None:
    for path, data in ((asked, {"answer": "yes"}), (f"{link}/contact", NEW)):
        linked.pages.post(path, status=403, data=data, headers={"Sec-Fetch-Site": "cross-site"})
    assert len(changes(linked, harbour)) == 1
    assert linked.pages.get(asked).heading == QUESTION


@pytest.mark.parametrize("words", SCRIPTS[:12])
def test_hostile_words_are_shown_as_words(linked: Linked, link: str, harbour: UUID, words: str) -> None:
    linked.pages.post(f"{link}/contact", data={**NEW, "new_name": words, "new_role": words})
    page = linked.pages.get(f"/c/{CHANGES.token(changes(linked, harbour)[0])}")
    assert page.heading == QUESTION
    harmless(page)


@pytest.mark.parametrize("words", TEMPLATES)
def test_nothing_that_is_typed_is_filled_in_as_a_template(linked: Linked, harbour: UUID, words: str) -> None:
    asked = ask(linked, harbour, name=words, role="Chair")
    assert f"{words}, Chair" in unescape(linked.pages.answer(asked).get_data(as_text=True))


def test_a_name_that_leads_elsewhere_is_left_out(linked: Linked, harbour: UUID) -> None:
    page = linked.pages.get(ask(linked, harbour, name="Ring 020 7946 0000 at once"))
    assert "7946" not in page.html


def test_the_question_stands_in_the_language_of_the_old_contact_or_of_the_readers_choice(
    linked: Linked, harbour: UUID
) -> None:
    linked.language(harbour, "ar")
    asked = ask(linked, harbour)
    page = linked.pages.get(asked)
    assert page.one("html").attrib["dir"] == "rtl"
    english = linked.pages.get(page.link("English"))
    assert english.heading == QUESTION
    assert english.one("form").attrib["action"] == f"{asked}?lang=en"


def run(app: Flask, *words: object) -> tuple[int, str]:
    with app.app_context():
        result = app.test_cli_runner().invoke(args=["contacts", *map(str, words)])
    return result.exit_code, result.output


def test_officers_list_replace_and_decide_by_command(linked: Linked, asked: str, harbour: UUID) -> None:
    app, change = linked.made.app, CHANGES.link_id(asked.removeprefix("/c/"))
    with linked.made.writing() as session:
        slug = current_slug(session, harbour)
    held = str(linked.contacts[harbour])
    for output in (run(app, "list", slug)[1], run(app, "list")[1]):
        assert held in output
        assert f"waits for a yes: {change}  new@harbour.example.org, Berfin, Chair" in output
    assert run(app, "decide", change, "yes")[0] == 0
    assert run(app, "decide", change, "no")[0] == 1
    assert reads(linked, harbour) == ["new@harbour.example.org"]
    with linked.made.writing() as session:
        now_asked = contacts_of(session, harbour)[0].id
    assert run(app, "replace", now_asked, "third@harbour.example.org", "--language", "tr")[0] == 0
    assert reads(linked, harbour) == ["third@harbour.example.org"]
    assert "third@harbour.example.org" in mails(linked, harbour, MailKind.CONTACT_CHANGED)
    with linked.made.writing() as session:
        assert [row.language for row in contacts_of(session, harbour)] == ["tr"]
        assert session.get_one(ContactRow, now_asked).ended_at is not None


def test_commands_refuse_what_cannot_be(linked: Linked, harbour: UUID) -> None:
    app, held, before = linked.made.app, linked.contacts[harbour], linked.dump()
    assert run(app, "list", "nobody")[0] == 1
    assert run(app, "replace", uuid4(), "third@harbour.example.org")[0] == 1
    assert run(app, "replace", held, "a@harbour.example.org\nBcc: b@elsewhere.example.org")[0] == 1
    assert run(app, "decide", "aaaaaaaaaa", "yes")[0] == 1
    assert linked.dump() == before
