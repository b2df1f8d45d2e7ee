"""The words of the mails: every one in every language, the same in both parts, with links that arrive whole."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import UUID, uuid4

import html5lib
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory import create_app
from directory.accounts.invitations import JOIN
from directory.accounts.models import OfficerRow
from directory.accounts.operations import invite, reset
from directory.accounts.rules import OfficerState, Role
from directory.changes.models import ChangeRow
from directory.changes.operations import answer_with_changes, approve, decline, propose
from directory.changes.queries import load_entry
from directory.changes.rules import HowChecked, Origin
from directory.checks.answers import acknowledge_notice
from directory.checks.links import CONTACT_CHANGE, LinkSigner
from directory.checks.models import ContactRow, LinkRow
from directory.checks.operations import (
    Mailbox,
    add_contact,
    ask_contact_change,
    decide_contact_change,
    do_round,
    issue_link,
    open_link,
    record_answer,
    replace_contact,
    revoke_links,
    set_due,
)
from directory.checks.rules import AnswerKind, Ladder
from directory.checks.unreached import Why
from directory.config import Settings
from directory.figures.digest import send_digests
from directory.organisations.details import OrganisationDetails, Phone
from directory.organisations.models import OrganisationRow
from directory.organisations.queries import current_slug
from directory.organisations.rules import State
from directory.outbox.letter import Letterhead, letter
from directory.outbox.message import Email, MailKind, Message
from directory.outbox.models import OutboxRow
from directory.outbox.operations import claim, enqueue, mark_sent
from directory.outbox.return_path import ReturnPaths
from directory.people.operations import erase_person
from directory.policy.rules import DEFAULTS
from directory.signals.suggestions import Suggestion, suggest
from directory.tasks.operations import finish_task, open_task
from directory.tasks.queries import open_tasks
from directory.tasks.rules import TaskKind
from directory.web.emails import EmailWriter
from directory.web.emails.mail import AnswerInMail, Dates, DecisionInMail, EntryInMail, Mail
from directory.web.emails.writer import STAYED, TOLD, email_of, reading_in
from directory.web.entry_text import Line, Part
from directory.web.extensions import db
from directory.web.locale import BY_CODE, ENGLISH, LANGUAGES, PUBLISHED, Language
from directory.web.typed_text import plain, short
from tests.factories import (
    NOW,
    details,
    full_details,
    published,
    put_taxonomy,
    service,
    with_service,
    withheld_location,
)
from tests.web.hostile import HOSTILE, MARK

ORIGIN = "https://directory.haringeys.example"
"""As long as an origin may be: 35 characters."""
KEYS = ("k" * 40,)
LADDER = Ladder()
HEAD = Letterhead("Support <directory@council.example>", "", ReturnPaths("returns.council.example", ("r" * 40,)))
TELLING = re.compile(r"hate|crime|victim|abuse", re.IGNORECASE)
ALONE = re.compile(r"https?://\S+")
ALLOWED_TAGS = {"html", "head", "meta", "title", "body", "p", "br", "a", "h2", "h3", "ul", "li", "bdi"}
ALLOWED_ATTRIBUTES = {"lang", "dir", "charset", "name", "content", "href"}
ASKING = (
    MailKind.PLEASE_CHECK,
    MailKind.REMINDER,
    MailKind.LAST_EMAIL,
    MailKind.YOUR_LINK,
    MailKind.COULD_NOT_REACH,
)

EVERY_MAIL = [*MailKind, TOLD, STAYED]

TELL_US = [
    MailKind.ANSWER_RECEIVED,
    MailKind.APPROVED,
    MailKind.DECLINED,
    MailKind.CONTACT_CHANGED,
]
"""The mails that ask their reader to say if something is wrong."""

each_kind = pytest.mark.parametrize("kind", MailKind)
each_asking = pytest.mark.parametrize("kind", ASKING)
each_language = pytest.mark.parametrize("language", PUBLISHED, ids=lambda language: language.code)


@pytest.fixture(scope="module")
def application(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(settings(database_url, tmp_path_factory))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def write(application: Flask, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> EmailWriter:
    return EmailWriter(application, settings(database_url, tmp_path_factory))


@pytest.fixture(autouse=True)
def terms(session: Session) -> None:
    put_taxonomy(session)


def settings(database_url: str, folder: pytest.TempPathFactory) -> Settings:
    return Settings(
        secret_key="s" * 40,
        link_keys=KEYS,
        database_url=database_url,
        search_index=folder.mktemp("index"),
        public_origin=ORIGIN,
    )


def entry(session: Session, held: OrganisationDetails | None = None) -> UUID:
    return published(session, held or full_details(), slug=f"made-{uuid4().hex[:8]}")


def contact(
    session: Session, organisation_id: UUID, language: str = "en", email: str = "info@made.example"
) -> ContactRow:
    return add_contact(session, organisation_id, Mailbox(email=email, language=language), by="test", now=NOW)


def link(session: Session, held: ContactRow) -> LinkRow:
    made = issue_link(session, contact_id=held.id, check_id=None, now=NOW, ladder=LADDER)
    session.flush()
    return made


def put(session: Session, kind: MailKind, held: ContactRow, *links: LinkRow, **given) -> OutboxRow:
    message = Message(
        kind=kind,
        person_id=held.person_id,
        language=given.pop("language", held.language),
        organisation_ids=tuple(one.organisation_id for one in links) or (held.organisation_id,),
        link_ids=tuple(one.id for one in links),
        facts=given,
    )
    return session.get_one(OutboxRow, enqueue(session, message, now=NOW))


def latest(session: Session, kind: MailKind) -> OutboxRow:
    """The mail of this kind that an operation has put in."""
    return session.scalars(select(OutboxRow).where(OutboxRow.kind == kind, OutboxRow.created_at >= NOW)).all()[-1]


def asked(session: Session, kind: MailKind = MailKind.PLEASE_CHECK, language: str = "en", **facts: str) -> OutboxRow:
    """A mail with a link about a new entry."""
    held = contact(session, entry(session), language)
    return put(session, kind, held, link(session, held), **facts)


def changed(session: Session, language: str = "en") -> tuple[UUID, UUID]:
    """The entry and the change that waits after an answer by its link."""
    held = details(service(id=UUID(int=9), phones=(Phone(number="+442084891000"),)))
    organisation_id = entry(session, held)
    opened = link(session, contact(session, organisation_id, language))
    wanted = replace(
        held,
        description="Stands beside you.",
        services=(replace(held.services[0], phones=(Phone(number="+442084892000"),)),),
    )
    told = answer_with_changes(
        session, opened.id, name="Ayşe", role="Manager", base_revision=1, details=wanted, now=NOW
    )
    assert told.change_id
    return organisation_id, told.change_id


def digest(session: Session) -> OutboxRow:
    """The weekly mail of an officer who wants it, with something that waits and something that is late."""
    officer_id = invite(session, name="Ayşe", email="ayse@council.example", role=Role.OFFICER, by="officer:1", now=NOW)
    officer = session.get_one(OfficerRow, officer_id)
    officer.state, officer.password_hash, officer.sealed_secret = OfficerState.ACTIVE, "x", "x"
    officer.weekly_digest = True
    open_task(session, kind=TaskKind.DECIDE_ENTRY, key="made", due_on=NOW.date(), now=NOW)
    send_digests(session, NOW)
    session.flush()
    return latest(session, MailKind.WEEKLY_DIGEST)


def of_kind(session: Session, kind: MailKind, language: str = "en") -> OutboxRow:
    """A mail of this kind, put in by what happens where that is so."""
    match kind:
        case MailKind.ANSWER_RECEIVED:
            opened = link(session, contact(session, entry(session), language))
            record_answer(session, opened.id, kind=AnswerKind.ALL_CORRECT, name="Ayşe", role="Manager", now=NOW)
        case MailKind.APPROVED:
            change = changed(session, language)[1]
            approve(session, change, revision=1, by="officer:1", how_checked=HowChecked.WEBSITE, now=NOW)
        case MailKind.DECLINED:
            decline(session, changed(session, language)[1], reason="The number is not yours.", by="officer:1", now=NOW)
        case MailKind.CONTACT_CHANGED:
            held = contact(session, entry(session), language)
            new = Mailbox(email="new@made.example", language=language)
            replace_contact(session, held.id, new, by="officer:1", now=NOW)
        case MailKind.CONTACT_CHANGE_ASKED:
            held = contact(session, entry(session), language)
            new = Mailbox(email="new@made.example", language=language)
            ask_contact_change(session, held.id, new, by="link:1", now=NOW, ladder=LADDER)
        case MailKind.OFFICER_INVITED | MailKind.OFFICER_RESET:
            officer_id = invite(
                session, name="Ayşe", email="ayse@council.example", role=Role.OFFICER, by="officer:1", now=NOW
            )
            if kind is MailKind.OFFICER_RESET:
                reset(session, officer_id, by="officer:1", now=NOW)
            session.flush()
            row = latest(session, kind)
            row.language = language
            return row
        case MailKind.WEEKLY_DIGEST:
            row = digest(session)
            row.language = language
            return row
        case _:
            return asked(session, kind, language)
    session.flush()
    return latest(session, kind)


def written(write: EmailWriter, session: Session, row: OutboxRow) -> Email:
    session.flush()
    email = write(session, row)
    assert email is not None
    return email


def alone(email: Email) -> list[str]:
    """The links that stand alone on their lines."""
    return [line for line in email.text.splitlines() if ALONE.fullmatch(line)]


def hrefs(email: Email) -> list[str]:
    return [element.attrib["href"] for element in tree(email).iter("a")]


def tree(email: Email):
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(email.html)


def words_of(text: str) -> str:
    return " ".join(re.sub(r"^[-*] ", "", text, flags=re.MULTILINE).split())


def words_of_html(email: Email) -> str:
    body = re.sub(r"(?=<(p|h2|h3|li|br)>)", " ", re.sub(r"</?bdi>", "", email.html.partition("<body>")[2]))
    return " ".join("".join(html5lib.parseFragment(body, namespaceHTMLElements=False).itertext()).split())


def encoded(row: OutboxRow, email: Email) -> bytes:
    return letter(row, email, HEAD, NOW).message.as_bytes()


@pytest.mark.any_database
@each_language
@each_kind
def test_every_mail_is_there_in_every_language(
    write: EmailWriter, session: Session, kind: MailKind, language: Language
) -> None:
    email = written(write, session, of_kind(session, kind, language.code))
    assert email.language == language.tag
    assert (tree(email).attrib["lang"], tree(email).attrib["dir"]) == (language.tag, language.direction)
    assert email.subject
    assert "\n" not in email.subject
    assert not re.search(r"\{\{|\{%|%\(|None|<bdi>", email.text)


@pytest.mark.any_database
@each_language
@each_kind
def test_both_parts_say_the_same(write: EmailWriter, session: Session, kind: MailKind, language: Language) -> None:
    email = written(write, session, of_kind(session, kind, language.code))
    text = email.text.replace("\u2068", "").replace("\u2069", "")
    assert words_of(text) == words_of_html(email)
    assert set(alone(email)) <= set(hrefs(email))


@pytest.mark.any_database
@pytest.mark.parametrize(
    "language", [language for language in LANGUAGES if language not in PUBLISHED], ids=lambda language: language.code
)
def test_a_language_without_words_of_ours_gets_english(
    write: EmailWriter, session: Session, language: Language
) -> None:
    email = written(write, session, asked(session, language=language.code))
    assert email.language == ENGLISH.tag
    assert email.text.startswith("Hello,")


@each_kind
def test_no_subject_tells_what_the_directory_is_about_or_whom(
    write: EmailWriter, session: Session, kind: MailKind
) -> None:
    email = written(write, session, of_kind(session, kind))
    assert not TELLING.search(email.subject)
    assert "Harbour" not in email.subject
    assert len(email.subject) <= 75


@each_asking
def test_the_link_is_the_only_one_alone_on_its_line_and_the_same_in_both_parts(
    write: EmailWriter, session: Session, kind: MailKind
) -> None:
    row = asked(session, kind)
    email = written(write, session, row)
    link_id = row.link_ids[0]
    assert alone(email) == [f"{ORIGIN}/u/{LinkSigner(KEYS).token(link_id)}"]
    assert hrefs(email).count(alone(email)[0]) == 1


@pytest.mark.any_database
@each_language
@each_kind
def test_no_line_of_an_encoded_mail_is_longer_than_76_and_links_arrive_whole(
    write: EmailWriter, session: Session, kind: MailKind, language: Language
) -> None:
    row = of_kind(session, kind, language.code)
    email = written(write, session, row)
    raw = encoded(row, email).decode("ascii")
    assert max(len(line) for line in raw.splitlines()) <= 76
    for address in alone(email):
        assert address in raw.splitlines()
        assert len(address) <= 76
        assert address[-1].isalnum()


@pytest.mark.any_database
@each_kind
def test_the_same_mail_made_again_is_the_same(write: EmailWriter, session: Session, kind: MailKind) -> None:
    row = of_kind(session, kind)
    first, again = written(write, session, row), written(write, session, row)
    assert first == again
    assert letter(row, first, HEAD, NOW).message["Message-ID"] == letter(row, again, HEAD, NOW).message["Message-ID"]


def test_what_arrives_is_what_was_written(write: EmailWriter, session: Session) -> None:
    row = asked(session, language="ar")
    email = written(write, session, row)
    arrived = message_from_bytes(encoded(row, email), policy=policy.default)
    assert isinstance(arrived, EmailMessage)
    text, html = arrived.get_body(("plain",)), arrived.get_body(("html",))
    assert text
    assert html
    assert text.get_content().replace("\r\n", "\n") == email.text
    assert html.get_content().replace("\r\n", "\n").strip() == email.html.strip()
    assert arrived["Subject"] == email.subject


def test_the_host_of_a_request_changes_no_link(application: Flask, write: EmailWriter, session: Session) -> None:
    row = asked(session)
    with application.test_request_context("/", headers={"Host": "localhost", "X-Forwarded-Host": "evil.example"}):
        email = written(write, session, row)
    assert "evil.example" not in email.text + email.html
    assert alone(email)[0].startswith(ORIGIN)


def test_a_mail_shows_the_entry_as_the_public_sees_it(write: EmailWriter, session: Session) -> None:
    email = written(write, session, asked(session))
    for fact in ("Harbour", "020 8489 1000", "hello@harbour.example.org", "N15 3QL", "Ring us."):
        assert fact in email.text, fact
    hidden = withheld_location()
    for secret in (hidden.name, hidden.address[0], hidden.postcode):
        assert secret not in email.text + email.html


def test_trust_19_a_link_of_mixed_scripts_gives_itself_away_in_a_mail(write: EmailWriter, session: Session) -> None:
    held = contact(session, entry(session, details(website="https://h\u0430ringey.example/")))
    text = written(write, session, put(session, MailKind.PLEASE_CHECK, held, link(session, held))).text
    assert "https://xn--hringey-2fg.example/" in text
    assert "h\u0430ringey" not in text


def test_a_mail_says_what_happens_if_nobody_answers_and_when(write: EmailWriter, session: Session) -> None:
    text = written(write, session, asked(session)).text
    for day in ("10 June 2026", "1 July 2026", "2 August 2026", "3 July 2026"):
        assert day in text, day


def test_a_reminder_counts_from_its_own_day(write: EmailWriter, session: Session) -> None:
    text = written(write, session, asked(session, MailKind.REMINDER)).text
    assert "17 June 2026" in text
    assert "24 June 2026" in text


def test_a_mail_about_several_entries_has_a_line_and_a_link_for_each(write: EmailWriter, session: Session) -> None:
    entries = [entry(session, details(name=f"Harbour {number}")) for number in range(4)]
    contacts = [contact(session, organisation_id) for organisation_id in entries]
    links = [link(session, held) for held in contacts]
    email = written(write, session, put(session, MailKind.PLEASE_CHECK, contacts[0], *links))
    lines = email.text.splitlines()
    for number, made in enumerate(links):
        at = lines.index(f"{ORIGIN}/u/{LinkSigner(KEYS).token(made.id)}")
        assert lines[at - 1] == f"* Harbour {number}"
    assert len(alone(email)) == 4
    assert alone(email) == [href for href in hrefs(email) if "/u/" in href]


def test_an_entry_that_was_answered_meanwhile_is_left_out(write: EmailWriter, session: Session) -> None:
    contacts = [contact(session, entry(session, details(name=f"Harbour {number}"))) for number in range(2)]
    links = [link(session, held) for held in contacts]
    row = put(session, MailKind.REMINDER, contacts[0], *links)
    record_answer(session, links[0].id, kind=AnswerKind.ALL_CORRECT, name="Ayşe", role="Manager", now=NOW)
    assert "Harbour 0" not in written(write, session, row).text
    record_answer(session, links[1].id, kind=AnswerKind.ALL_CORRECT, name="Ayşe", role="Manager", now=NOW)
    assert write(session, row) is None


@each_asking
def test_nothing_is_mailed_where_the_link_was_taken_back(write: EmailWriter, session: Session, kind: MailKind) -> None:
    row = asked(session, kind)
    held = session.get_one(LinkRow, row.link_ids[0])
    revoke_links(session, held.contact_id, NOW)
    session.expire_all()
    assert write(session, row) is None


def test_nothing_is_mailed_to_somebody_who_was_erased(write: EmailWriter, session: Session) -> None:
    row = asked(session)
    erase_person(session, row.person_id, by="test", now=NOW)
    assert write(session, row) is None


NOTICE = "What we hold about you"


def test_only_the_first_mail_of_checks_says_what_we_hold(write: EmailWriter, session: Session) -> None:
    held = contact(session, entry(session))
    set_due(session, held.organisation_id, NOW.date(), by="test", now=NOW)
    texts = []
    for day in range(30):
        do_round(session, NOW + timedelta(days=day), ladder=LADDER)
        texts += [written(write, session, row).text for row in taken(session, NOW + timedelta(days=day))]
    assert [NOTICE in text for text in texts] == [True, False, False]


def test_only_the_first_other_mail_says_what_we_hold_and_says_it_again_when_it_is_sent_again(
    write: EmailWriter, session: Session
) -> None:
    first = asked(session, MailKind.YOUR_LINK)
    assert NOTICE in written(write, session, first).text
    assert taken(session, NOW) == [first]
    assert NOTICE in written(write, session, first).text
    held = session.scalars(select(ContactRow).where(ContactRow.person_id == first.person_id)).one()
    later = put(session, MailKind.YOUR_LINK, held, session.get_one(LinkRow, first.link_ids[0]))
    assert NOTICE not in written(write, session, later).text


def taken(session: Session, now: datetime) -> list[OutboxRow]:
    """What is due, sent."""
    found = []
    while (row := claim(session, by="sender", now=now)) is not None:
        mark_sent(session, row, now)
        found.append(row)
    session.flush()
    session.expire_all()
    return found


def test_a_number_keeps_its_order_among_words_that_run_from_right_to_left(write: EmailWriter, session: Session) -> None:
    text = written(write, session, asked(session, language="ar")).text
    assert "\u200f\u200e020 8489 1000\u200e" in text
    assert "\u200e" not in written(write, session, asked(session, language="tr")).text


def test_an_approval_says_what_is_new_and_what_is_gone(write: EmailWriter, session: Session) -> None:
    text = written(write, session, of_kind(session, MailKind.APPROVED)).text
    assert "New in the entry:" in text
    assert "- Phone: 020 8489 2000" in text
    assert text.index("No longer in the entry:") < text.index("- Phone: 020 8489 1000")


def test_a_partial_approval_says_why_the_rest_was_not_taken(write: EmailWriter, session: Session) -> None:
    _, change = changed(session)
    approve(session, change, revision=1, by="officer:1", units=[("description",)], now=NOW)
    decline(session, change, reason="The number is not yours.", by="officer:1", now=NOW)
    text = written(write, session, latest(session, MailKind.APPROVED)).text
    assert "Some of it is public now" in text
    assert "- The number is not yours." in text
    assert "020 8489 2000" not in text


@each_language
@pytest.mark.parametrize("kind", TELL_US)
def test_who_is_asked_to_tell_us_is_given_a_page_for_it(
    write: EmailWriter, session: Session, kind: MailKind, language: Language
) -> None:
    row = of_kind(session, kind, language.code)
    email = written(write, session, row)
    slug = current_slug(session, row.message.organisation_ids[0])
    page = f"{ORIGIN}{'' if language is ENGLISH else f'/{language.code}'}/organisations/{slug}/problem"
    assert hrefs(email).count(page) == 1
    assert page in email.text
    assert page not in alone(email)


def test_whoever_is_told_of_a_change_or_that_nothing_changes_is_given_the_page_too(
    write: EmailWriter, session: Session
) -> None:
    organisation_id, change = changed(session)
    contact(session, organisation_id, email="second@made.example")
    approve(session, change, revision=1, by="officer:1", how_checked=HowChecked.WEBSITE, now=NOW)
    asked_for = of_kind(session, MailKind.CONTACT_CHANGE_ASKED)
    decide_contact_change(session, asked_for.link_ids[0], is_agreed=False, by="officer:1", now=NOW)
    session.flush()
    rows = session.scalars(select(OutboxRow).where(OutboxRow.kind.in_((MailKind.APPROVED, MailKind.CONTACT_CHANGED))))
    texts = [written(write, session, row).text for row in rows]
    assert len(texts) >= 4
    for text in texts:
        assert re.search(rf"You can tell us here: {ORIGIN}/organisations/[^ ]+/problem\n", text), text


def test_no_page_is_given_for_an_entry_that_the_public_does_not_see(write: EmailWriter, session: Session) -> None:
    row = of_kind(session, MailKind.ANSWER_RECEIVED)
    session.get_one(OrganisationRow, row.message.organisation_ids[0]).state = State.DRAFT
    assert "/problem" not in written(write, session, row).text


def test_whoever_suggested_something_in_vain_is_led_to_where_things_are_suggested(
    write: EmailWriter, session: Session
) -> None:
    suggest(session, Suggestion(name="Anchor"), reply_to="me@reader.example", now=NOW)
    session.flush()
    change_id = session.scalars(select(ChangeRow.id)).one()
    decline(session, change_id, reason="It is in Leeds.", by="officer:1", now=NOW)
    text = written(write, session, latest(session, MailKind.DECLINED)).text
    assert f"You can tell us here: {ORIGIN}/suggest\n" in text


def test_a_refusal_gives_the_reason_and_what_was_sent(write: EmailWriter, session: Session) -> None:
    text = written(write, session, of_kind(session, MailKind.DECLINED)).text
    assert "- The number is not yours." in text
    assert "- Phone: 020 8489 2000" in text


def test_the_other_contact_is_told_of_a_new_number_without_the_link(write: EmailWriter, session: Session) -> None:
    organisation_id, change = changed(session)
    contact(session, organisation_id, email="second@made.example")
    approve(session, change, revision=1, by="officer:1", how_checked=HowChecked.WEBSITE, now=NOW)
    told = [
        row
        for row in session.scalars(select(OutboxRow).where(OutboxRow.kind == MailKind.APPROVED))
        if row.facts["to"] == "contact"
    ]
    email = written(write, session, told[-1])
    assert email.to == "second@made.example"
    assert "- Phone: 020 8489 2000" in email.text
    assert "/u/" not in email.text


def test_whoever_suggested_something_gets_no_words_of_theirs_that_hold_a_link(
    write: EmailWriter, session: Session
) -> None:
    suggested = details(name="Buy now at https://elsewhere.example")
    change = propose(session, None, base_revision=0, proposed=suggested, origin=Origin.SUGGESTION, by="public", now=NOW)
    held = contact(session, entry(session))
    message = Message(
        kind=MailKind.DECLINED,
        person_id=held.person_id,
        language="en",
        facts={"change": str(change.id), "to": "sender", "in_part": "no"},
    )
    row = session.get_one(OutboxRow, enqueue(session, message, now=NOW))
    assert "elsewhere" not in written(write, session, row).text


@pytest.mark.parametrize("kind", [kind for kind in AnswerKind if kind not in {AnswerKind.PHONE, AnswerKind.SOURCE}])
def test_an_answer_is_acknowledged_in_words_of_its_own(write: EmailWriter, session: Session, kind: AnswerKind) -> None:
    opened = link(session, contact(session, entry(session)))
    record_answer(session, opened.id, kind=kind, name="Ayşe Yılmaz", role="Manager", now=NOW)
    text = written(write, session, latest(session, MailKind.ANSWER_RECEIVED)).text
    assert "Who answered: Ayşe Yılmaz, Manager" in text
    assert "We have your answer about" not in text


def test_a_notice_is_acknowledged_without_an_answer(write: EmailWriter, session: Session) -> None:
    opened = link(session, contact(session, entry(session)))
    acknowledge_notice(session, open_link(session, opened.id, NOW), NOW)
    text = written(write, session, latest(session, MailKind.ANSWER_RECEIVED)).text
    assert "We have your answer about" in text
    assert "what becomes of your answer" not in text
    assert "Was this not you" in text


@pytest.mark.parametrize("is_on", [True, False])
def test_what_the_policy_makes_public_is_told_in_one_mail(write: EmailWriter, session: Session, *, is_on: bool) -> None:
    held = details(service(id=UUID(int=9), opening_hours="Mo 09:00-17:00"))
    opened = link(session, contact(session, entry(session, held)))
    wanted = with_service(held, opening_hours="Tu 09:00-17:00")
    policy = replace(DEFAULTS, approve_hours=is_on)
    answer_with_changes(
        session, opened.id, name="Ayşe", role="Manager", base_revision=1, details=wanted, now=NOW, policy=policy
    )
    session.flush()
    (row,) = session.scalars(select(OutboxRow))
    text = written(write, session, row).text
    assert ("It is public now." in text) is is_on
    assert ("before the public sees it" in text) is not is_on


def test_a_name_that_holds_a_link_is_not_repeated(write: EmailWriter, session: Session) -> None:
    opened = link(session, contact(session, entry(session)))
    name = "Ring 020 7946 0000 or see https://elsewhere.example"
    record_answer(session, opened.id, kind=AnswerKind.ALL_CORRECT, name=name, role="x", now=NOW)
    text = written(write, session, latest(session, MailKind.ANSWER_RECEIVED)).text
    assert "elsewhere" not in text
    assert "Who answered" not in text


def test_a_wish_for_another_address_shows_it_with_a_link_of_its_own_purpose(
    write: EmailWriter, session: Session
) -> None:
    row = of_kind(session, MailKind.CONTACT_CHANGE_ASKED)
    email = written(write, session, row)
    assert "The new address: new@made.example" in email.text
    assert LinkSigner(KEYS, CONTACT_CHANGE).link_id(alone(email)[0].rpartition("/")[2]) == row.link_ids[0]


def test_old_and_new_address_are_told_each_what_concerns_it(write: EmailWriter, session: Session) -> None:
    of_kind(session, MailKind.CONTACT_CHANGED)
    rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == MailKind.CONTACT_CHANGED)).all()
    texts = {email.to: email.text for email in (written(write, session, row) for row in rows)}
    assert "have stopped working" in texts["info@made.example"]
    assert "new@made.example" not in texts["info@made.example"]
    assert "From now on we ask you" in texts["new@made.example"]
    assert "What we hold about you" in texts["new@made.example"]


@each_language
def test_after_a_no_each_is_told_that_who_is_asked_stays_the_same(
    write: EmailWriter, session: Session, language: Language
) -> None:
    asked_for = of_kind(session, MailKind.CONTACT_CHANGE_ASKED, language.code)
    decide_contact_change(session, asked_for.link_ids[0], is_agreed=False, by="officer:1", now=NOW)
    session.flush()
    rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == MailKind.CONTACT_CHANGED)).all()
    emails = {email.to: email for email in (written(write, session, row) for row in rows)}
    old, new = emails["info@made.example"], emails["new@made.example"]
    assert old.subject == new.subject
    assert old.text != new.text
    for email in (old, new):
        assert words_of(email.text.replace("\u2068", "").replace("\u2069", "")) == words_of_html(email)
        assert "new@" not in email.text
    if language is ENGLISH:
        assert "so we go on asking you" in old.text
        assert "so we do not write to you" in new.text


def test_who_can_be_mailed_is_told_why_we_write_besides(write: EmailWriter, session: Session) -> None:
    called, lost = (asked(session, MailKind.COULD_NOT_REACH, why=why.value) for why in Why)
    assert "We rang Harbour and nobody answered." in written(write, session, called).text
    assert "the email came back" in written(write, session, lost).text


def test_one_mail_tells_of_several_entries_whose_other_address_failed(write: EmailWriter, session: Session) -> None:
    contacts = [contact(session, entry(session, details(name=f"Harbour {number}"))) for number in range(2)]
    links = [link(session, held) for held in contacts]
    row = put(session, MailKind.COULD_NOT_REACH, contacts[0], *links, why=Why.OTHER_CONTACT.value)
    email = written(write, session, row)
    assert "another address about your organisations" in email.text
    assert len(alone(email)) == 2


def test_an_officers_link_has_a_purpose_of_its_own_and_goes_when_a_newer_one_is_there(
    write: EmailWriter, session: Session
) -> None:
    invited = of_kind(session, MailKind.OFFICER_INVITED)
    (address,) = alone(written(write, session, invited))
    assert address.startswith(f"{ORIGIN}/j/")
    assert LinkSigner(KEYS, JOIN).link_id(address.rpartition("/")[2]) == invited.link_ids[0]
    officer = session.scalars(select(OfficerRow).where(OfficerRow.person_id == invited.person_id)).one()
    reset(session, officer.id, by="officer:1", now=NOW)
    session.flush()
    assert write(session, invited) is None
    assert alone(written(write, session, latest(session, MailKind.OFFICER_RESET))) != [address]


PAGES = ("/privacy", "/suggest", "/u/abc")


def hostile_mail(words: str) -> Mail:
    lines = (Line(plain(words), plain(words)), Line("", plain(words), is_own=True))
    held = EntryInMail(
        name=short(words), link=f"{ORIGIN}/u/abc", text=(Part(plain(words), lines),), tell_us=f"{ORIGIN}/suggest"
    )
    return Mail(
        entries=(held, held),
        is_first=True,
        reply=True,
        site=ORIGIN,
        privacy=f"{ORIGIN}/privacy",
        dates=Dates(expires="1 July 2026", reminder="1 July 2026", call="1 July 2026", marked="1 July 2026"),
        answer=AnswerInMail(kind=AnswerKind.ALL_CORRECT, on="1 July 2026", signed=words),
        decision=DecisionInMail(gone=lines, new=lines, reasons=(words,)),
        address=words,
        link=f"{ORIGIN}/u/abc",
    )


@pytest.mark.any_database
@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize("name", EVERY_MAIL)
def test_nothing_that_an_outsider_typed_becomes_markup_a_header_or_a_line(
    application: Flask, name: str, code: str
) -> None:
    language = BY_CODE[code]
    kind = EVERY_MAIL.index(name)
    tried = HOSTILE if language is ENGLISH else HOSTILE[kind % 3 :: 3]  # the same templates: every string in some mail
    row = OutboxRow(id=uuid4(), message_id=uuid4().hex, attempts=1)
    with reading_in(application, language):
        plainly = email_of(name, hostile_mail("Harbour"), "info@made.example", language)
        for words in tried:
            email = email_of(name, hostile_mail(words), "info@made.example", language)
            assert email.subject == plainly.subject
            elements = list(html5lib.parse(email.html, namespaceHTMLElements=False).iter())
            assert {element.tag for element in elements} <= ALLOWED_TAGS, words
            assert {key for element in elements for key in element.attrib} <= ALLOWED_ATTRIBUTES, words
            assert set(hrefs_of(elements)) <= {ORIGIN, *(ORIGIN + page for page in PAGES)}, words
            assert len(alone(email)) == len(alone(plainly)), words
            head = encoded(row, email).partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]
            assert MARK.encode() not in head, words


def hrefs_of(elements) -> Iterator[str]:
    return (element.attrib["href"] for element in elements if "href" in element.attrib)


@pytest.mark.any_database
@each_kind
def test_a_mail_asks_for_nothing_from_elsewhere(write: EmailWriter, session: Session, kind: MailKind) -> None:
    html = written(write, session, of_kind(session, kind)).html
    assert not re.search(r"<(img|link|script|style|iframe|object|video|audio|form)\b|\ssrc=|\sstyle=|url\(", html)


def test_the_weekly_mail_says_what_waits_and_what_is_late_in_numbers_without_a_name(
    write: EmailWriter, session: Session
) -> None:
    organisation_id = changed(session, "en")[0]
    email = written(write, session, digest(session))
    lines = email.text.splitlines()
    assert "- Changes to decide: 1" in lines
    assert "- Tasks that are due: 2" in lines  # to decide about the change, and about the entry
    assert "- Entries that nobody confirms, to be decided about: 1" in lines
    assert f"{ORIGIN}/desk" in lines
    held = load_entry(session, organisation_id).details
    for private in (held.name, "Ayşe", "@", str(organisation_id)):
        assert private not in email.text, private


def test_the_weekly_mail_says_that_nothing_waits(write: EmailWriter, session: Session) -> None:
    row = digest(session)
    for task in open_tasks(session):
        finish_task(session, task.id, outcome="kept", by="officer:1", now=NOW)
    text = written(write, session, row).text
    assert "Nothing waits at the desk." in text
    assert "late" not in text
