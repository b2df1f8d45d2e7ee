"""Somebody who is known in every way there is, and everything in the database as text."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import MetaData, select
from sqlalchemy.orm import Session

from directory.accounts.models import InvitationRow, OfficerRow, RecoveryCodeRow
from directory.accounts.rules import OfficerState, Purpose, Role
from directory.accounts.sessions import begin_session
from directory.changes.operations import answer_with_changes, decline
from directory.checks.contacts import Mailbox, add_contact, ask_contact_change
from directory.checks.issuing import issue_link
from directory.checks.models import ContactRow, LinkRow
from directory.checks.operations import RightPerson, record_answer, save_draft
from directory.checks.rules import AnswerKind
from directory.organisations.operations import add_note
from directory.people.operations import remember_person
from directory.signals.problems import report_problem
from directory.signals.rules import ProblemKind
from directory.signals.suggestions import Suggestion, suggest
from tests.factories import details, published, put_taxonomy
from tests.unit.checks.made import LADDER, NOW, OFFICER

MARK = "quokka"
NAME, EMAIL = "Ayla Quokka", "Ayla.Quokka@private.example"
"""Nothing else in the database holds the mark."""


@dataclass(frozen=True, slots=True)
class Everywhere:
    """Where somebody is known."""

    harbour: UUID
    contact: ContactRow
    signature: UUID
    """Under which id they answered."""
    officer: OfficerRow
    fresh: LinkRow


def link(session: Session, contact: ContactRow) -> LinkRow:
    row = issue_link(session, contact_id=contact.id, check_id=None, now=NOW, ladder=LADDER)
    session.flush()
    return row


def everywhere(session: Session) -> Everywhere:
    """Somebody who keeps an entry, answers, sends a change, reports, suggests, was named by others, and was an officer."""
    put_taxonomy(session)
    harbour = published(session, details(description="Stands beside people."))
    contact = add_contact(session, harbour, Mailbox(email=EMAIL, name=NAME, language="en"), by=OFFICER, now=NOW)
    answer = record_answer(
        session, link(session, contact).id, kind=AnswerKind.PART, name=NAME, role="Quokka keeper", now=NOW
    )
    told = answer_with_changes(
        session,
        link(session, contact).id,
        name=NAME,
        role="Quokka keeper",
        base_revision=1,
        details=details(description="Stands by you."),
        now=NOW,
    )
    decline(session, told.change_id, reason=f"We rang {NAME}, who knows of nothing.", by=OFFICER, now=NOW)
    add_note(session, harbour, f"Rang {NAME}; write to {EMAIL}.", by=OFFICER, now=NOW)
    _by_others(session, harbour)
    fresh = link(session, contact)
    save_draft(session, fresh.id, details={"name": "x"}, marks={"name": NAME}, now=NOW)
    report_problem(session, harbour, kind=ProblemKind.OTHER, text=f"I am {NAME}.", email=EMAIL.lower(), now=NOW)
    suggest(session, Suggestion(name="Anchor", how_known=f"I, {NAME}, work there."), reply_to=EMAIL, now=NOW)
    return Everywhere(harbour, contact, answer.person_id, _officer(session), fresh)


def _by_others(session: Session, harbour: UUID) -> None:
    """Somebody else names them: as the right person, and as the mailbox to be asked."""
    other = add_contact(session, harbour, Mailbox(email="office@harbour.example", language="en"), by=OFFICER, now=NOW)
    mailbox = Mailbox(email=EMAIL, name=NAME, language="en")
    ask_contact_change(session, other.id, mailbox, by="link:1", now=NOW, ladder=LADDER)
    record_answer(
        session,
        link(session, other).id,
        kind=AnswerKind.WRONG_PERSON,
        name="B. Office",
        role="Office",
        right_person=RightPerson(name=NAME, email=EMAIL),
        now=NOW,
    )


def _officer(session: Session) -> OfficerRow:
    person_id = remember_person(session, name=NAME, email=EMAIL, now=NOW)
    row = OfficerRow(
        id=UUID(int=77),
        person_id=person_id,
        role=Role.OFFICER,
        state=OfficerState.DISABLED,
        password_hash="hash",
        sealed_secret="secret",
        last_code_step=0,
        weekly_digest=True,
        created_at=NOW,
    )
    session.add(row)
    session.flush()
    begin_session(session, row.id, NOW)
    session.add(RecoveryCodeRow(officer_id=row.id, digest="d", used_at=None))
    session.add(
        InvitationRow(
            id="i",
            officer_id=row.id,
            purpose=Purpose.RESET,
            issued_at=NOW,
            expires_at=NOW.replace(year=NOW.year + 1),
            used_at=None,
            revoked_at=None,
        )
    )
    session.flush()
    return row


def everything(session: Session) -> str:
    """Every row of every table, in small letters."""
    session.flush()
    tables = MetaData()
    tables.reflect(session.connection())
    return "\n".join(
        f"{table.name}: {row!r}".lower() for table in tables.sorted_tables for row in session.execute(select(table))
    )
