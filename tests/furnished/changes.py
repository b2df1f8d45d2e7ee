"""Changes of every origin in every state, the answers by link that they came with, and what readers say and suggest."""

from dataclasses import replace
from uuid import UUID

from directory.changes.operations import answer_with_changes, approve, decline, propose, withdraw
from directory.changes.queries import load_entry
from directory.changes.rules import HowChecked, Origin
from directory.checks.contacts import Mailbox, add_contact, ask_contact_change, decide_contact_change, remove_contact
from directory.checks.models import CheckMailRow, CheckRow, ContactRow, LinkRow
from directory.checks.operations import RightPerson, record_answer, save_draft
from directory.checks.rules import AnswerKind, ContactState, Step
from directory.organisations import stored
from directory.organisations.details import OrganisationDetails, OrganisationKind, Phone
from directory.people.operations import remember_person
from directory.signals.problems import report_problem
from directory.signals.rules import ProblemKind
from directory.signals.suggestions import Suggestion, suggest
from tests.factories import details, with_service
from tests.furnished.making import A_DAY, LADDER, OFFICER, Making


def furnish_changes(making: Making, everything: UUID) -> None:
    """All of them."""
    _by_link(making)
    _by_others(making, everything)
    _answers(making)
    _contacts(making)
    _from_readers(making, everything)


def _told(making: Making, entry: UUID, contact: ContactRow, **changed: object) -> UUID:
    """A change through the organisation's own link; its id."""
    held = load_entry(making.session, entry)
    proposed = making.worded(replace(held.details, name="Harbour House", description="Stands by you.", **changed))
    told = answer_with_changes(
        making.session,
        making.link(contact),
        name=making.words("Ayla Demir"),
        role=making.words("Manager"),
        base_revision=held.revision,
        details=with_service(proposed, phones=(Phone(number="+442079460958", label=making.words("Desk")),)),
        now=making.now,
    )
    assert told.change_id is not None
    return told.change_id


def _by_link(making: Making) -> None:
    session, now, words = making.session, making.now, making.words
    entries = [making.public(description="Stands beside people.") for _ in HowChecked] + [making.public()]
    contacts = [making.contact(entry) for entry in entries]
    _waiting, *decided = [_told(making, *pair) for pair in zip(entries, contacts, strict=True)]
    _told(making, entries[0], contacts[0], kind=OrganisationKind.FAITH)  # the first one is replaced
    for change, how in zip(decided, HowChecked, strict=False):
        approve(session, change, revision=1, how_checked=how, by=OFFICER, now=now)
    partly = making.public()
    change = _told(making, partly, making.contact(partly))
    decline(session, change, units=[("name",)], reason=words("The register has the old name."), by=OFFICER, now=now)


def _by_others(making: Making, everything: UUID) -> None:
    session, now, words = making.session, making.now, making.words
    entry = load_entry(session, everything)
    person = remember_person(session, name=words("Sam Sender"), role=words("Reader"), email="sam@x.example", now=now)

    def proposed(origin: Origin, held: OrganisationDetails) -> UUID:
        by = {Origin.IMPORT: "import:7", Origin.OFFICER: OFFICER}.get(origin, "public")
        return propose(
            session,
            everything,
            base_revision=entry.revision,
            proposed=held,
            origin=origin,
            by=by,
            now=now - 9 * A_DAY,
            person_id=person,
        ).id

    for origin in (Origin.OFFICER, Origin.SUGGESTION, Origin.IMPORT):
        proposed(origin, making.worded(replace(entry.details, description="As it was.", email="new@harbour.example")))
    hours = with_service(entry.details, opening_hours="Mo 10:00-12:00", cost=words("A call costs 10p."))
    decline(session, proposed(Origin.SUGGESTION, hours), reason=words("They said no."), by=OFFICER, now=now)
    withdraw(session, proposed(Origin.IMPORT, hours), by=OFFICER, now=now)
    proposed(Origin.IMPORT, hours)
    proposed(Origin.OFFICER, with_service(entry.details, opening_hours="Tu 10:00-12:00"))
    draft = load_entry(session, making.draft())
    renamed = making.worded(replace(draft.details, name="Another draft"))
    propose(session, draft.id, base_revision=0, proposed=renamed, origin=Origin.OFFICER, by=OFFICER, now=now)


def _answers(making: Making) -> None:
    """Every kind of answer, a half-done edit, links that are used, replaced, too old, and a mail of a round."""
    session, now, words = making.session, making.now, making.words
    by_link = set(AnswerKind) - {AnswerKind.CHANGED, AnswerKind.PHONE, AnswerKind.SOURCE}
    for kind in sorted(by_link):
        contact = making.contact(making.public(), "tr")
        named = RightPerson(name=words("Bo"), role=words("Chair"), email="bo@harbour.example")
        record_answer(
            session,
            making.link(contact),
            kind=kind,
            name=words("Ayla Demir"),
            role=words("Manager"),
            now=now,
            sections=("hours",) if kind is AnswerKind.PART else (),
            right_person=named if kind is AnswerKind.WRONG_PERSON else None,
        )
    entry = making.public()
    contact = making.contact(entry)
    fresh, old = making.link(contact), making.link(contact)
    session.get_one(LinkRow, old).issued_at = now - 40 * A_DAY
    session.get_one(LinkRow, old).expires_at = now - 10 * A_DAY
    replaced = session.get_one(LinkRow, making.link(contact))
    replaced.revoked_at, replaced.replaced_by = now, fresh
    held = stored.dump(making.worded(details(description="Half done.")))
    save_draft(session, fresh, details=held, marks={"name": words("Ayla")}, now=now)
    check = session.query(CheckRow).filter(CheckRow.ended_at.is_(None)).first()
    assert check is not None
    mails = (CheckMailRow(check_id=check.id, step=step, contact_id=contact.id, due_on=making.today) for step in Step)
    session.add_all(mails)


def _contacts(making: Making) -> None:
    """Update contacts in every state, one that was removed, and other mailboxes that somebody asks for."""
    session, now, words = making.session, making.now, making.words
    for state in ContactState:
        entry = making.public()
        contact = making.contact(entry, "ar")
        contact.state = state
        making.contact(entry)
    removed = making.contact(making.public())
    remove_contact(session, removed.id, by=OFFICER, now=now)
    for decision in (None, True, False):
        contact = making.contact(making.public())
        other = Mailbox(email="other@harbour.example", language="en", name=words("Other"), role=words("Chair"))
        asked = ask_contact_change(session, contact.id, other, by="link:7", now=now, ladder=LADDER)
        session.flush()
        if decision is not None:
            decide_contact_change(session, asked.id, is_agreed=decision, by=OFFICER, now=now)
    full = making.public()
    for email in ("one@harbour.example", "two@harbour.example"):
        add_contact(session, full, Mailbox(email=email, language="tr"), by=OFFICER, now=now)


def _from_readers(making: Making, everything: UUID) -> None:
    session, now, words = making.session, making.now, making.words
    for kind in ProblemKind:
        report_problem(
            session, everything, kind=kind, text=words("Nobody picks up."), email="reader@x.example", now=now
        )
    report_problem(session, making.public(), kind=ProblemKind.NO_ANSWER, text=words("Dead."), email="", now=now)
    for number in range(3):
        suggestion = Suggestion(
            name=words(f"Lighthouse {number}"),
            description=words("They help."),
            phone="+442079460111",
            website="https://lighthouse.example.org/",
            email="hello@lighthouse.example",
            how_known=words("I go there."),
        )
        suggest(session, suggestion, reply_to="reader@x.example", now=now)
