"""A directory whose organisations are asked, and what an answer must have left in it: all of it, once, or nothing."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, selectinload

from directory import clock
from directory.audit import AuditEventRow
from directory.changes.models import ChangeRow
from directory.changes.rules import ChangeState
from directory.checks.contacts import Mailbox, add_contact
from directory.checks.issuing import issue_link
from directory.checks.keeping import day_of
from directory.checks.models import AnswerRow, KeepingRow, LinkRow
from directory.checks.rules import AnswerKind, Ladder, first_period
from directory.config import ROOT
from directory.organisations import stored
from directory.organisations.models import OrganisationRow
from directory.organisations.rules import ConfirmedBy
from directory.outbox.message import MailKind
from directory.outbox.models import OutboxRow
from directory.people.models import PersonRow
from directory.search import snapshot
from directory.search.engine import SearchEngine
from directory.search.snapshot import Document
from directory.tasks.models import TaskRow
from directory.tasks.rules import TaskKind
from tests.factories import details, published, put_taxonomy

ROLE = "Manager"
EVERY = 3
"""Of so many organisations one changes something."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A public directory that was asked: the ids of good links, and of its organisations."""

    links: tuple[str, ...]
    organisations: tuple[UUID, ...]


def name_of(link_id: str) -> str:
    """Who answers by a link: each has somebody of its own."""
    return f"Person {link_id}"


def is_a_change(link_id: str) -> bool:
    """Whether whoever answers by a link changes something: some organisations always do, the others never.

    While a change of theirs waits, nobody may say that all is correct.
    """
    return sum(link_id.encode()) % 3 == 0


def new_words_of(link_id: str) -> str:
    """What the organisation does, as whoever has a link says it."""
    return f"It helps, says {link_id}."


def asked_directory(engine: Engine, *, organisations: int, links: int) -> Asked:
    """Organisations with an update contact each; their links come by turns."""
    now = clock.now()
    with Session(engine) as session:
        put_taxonomy(session)
        entries = [published(session, details(name=f"House {n}"), slug=f"house-{n}") for n in range(organisations)]
        boxes = [Mailbox(email=f"office@house-{n}.example", language="en") for n in range(organisations)]
        contacts = [
            add_contact(session, entry, box, by="seed", now=now).id for entry, box in zip(entries, boxes, strict=True)
        ]
        session.flush()
        issued = [
            _link(session, contacts[n % organisations], now, changes=n % organisations % EVERY == 0)
            for n in range(links)
        ]
        asked = Asked(tuple(link.id for link in issued), tuple(entries))
        session.commit()
    return asked


def _link(session: Session, contact_id: UUID, now: datetime, *, changes: bool) -> LinkRow:
    """A link whose id says what is answered by it."""
    while True:
        row = issue_link(session, contact_id=contact_id, check_id=None, now=now, ladder=Ladder())
        if is_a_change(row.id) is changes:
            return row
        session.expunge(row)


def answered_links(engine: Engine) -> Sequence[str]:
    """The links of all answers that are kept."""
    with Session(engine) as session:
        return [link for link in session.scalars(select(AnswerRow.link_id).order_by(AnswerRow.id)) if link]


def check_answers_are_whole(engine: Engine, received: Collection[str]) -> int:
    """Every answer that was received is kept once, and all that is kept is kept with all that belongs to it."""
    with Session(engine) as session:
        answers = session.scalars(select(AnswerRow).order_by(AnswerRow.at)).all()
        links = Counter(answer.link_id for answer in answers)
        assert not set(received) - set(links), "lost"
        assert all(times == 1 for times in links.values()), "doubled"
        used = select(LinkRow.id).where(LinkRow.used_at.is_not(None)).order_by(LinkRow.id)
        assert Counter(session.scalars(used)) == links
        events = select(AuditEventRow.subject).where(AuditEventRow.action == "answered").order_by(AuditEventRow.id)
        assert Counter(session.scalars(events)) == Counter(str(answer.id) for answer in answers)
        mails = select(OutboxRow.key).where(OutboxRow.kind == MailKind.ANSWER_RECEIVED).order_by(OutboxRow.id)
        assert Counter(session.scalars(mails)) == Counter(f"answer:{answer.id}" for answer in answers)
        people = select(PersonRow.name).where(PersonRow.role == ROLE).order_by(PersonRow.id)
        assert Counter(session.scalars(people)) == Counter(name_of(link) for link in links if link)
        check_changes_are_whole(session, answers)
        check_entries_are_confirmed(session, answers)
    return len(answers)


def check_changes_are_whole(session: Session, answers: Sequence[AnswerRow]) -> None:
    """Each answer that changes something is kept with what was typed, which waits with its task, or was replaced."""
    changed = {answer.id: answer for answer in answers if answer.kind is AnswerKind.CHANGED}
    changes = session.scalars(select(ChangeRow).options(selectinload(ChangeRow.units))).all()
    assert Counter(change.answer_id for change in changes) == Counter(changed.keys())
    tasks = Counter(session.scalars(select(TaskRow.key).where(TaskRow.kind == TaskKind.REVIEW_CHANGE)))
    assert tasks == Counter(str(change.id) for change in changes)
    for change in changes:
        assert change.answer_id is not None
        link_id = changed[change.answer_id].link_id
        assert link_id is not None
        assert stored.load(change.proposed).description == new_words_of(link_id)
        assert [unit.key for unit in change.units] == [("description",)]
        assert change.state in {ChangeState.WAITING, ChangeState.REPLACED}
    waiting = Counter(change.organisation_id for change in changes if change.state is ChangeState.WAITING)
    assert set(waiting.values()) <= {1}, "the newest answer of an organisation takes the place of those before it"
    assert set(waiting) == {answer.organisation_id for answer in changed.values()}


def check_entries_are_confirmed(session: Session, answers: Sequence[AnswerRow]) -> None:
    """Each entry is confirmed as of the last answer that all is correct, and due some time after the last of all."""
    entries = session.execute(
        select(OrganisationRow, KeepingRow)
        .join(KeepingRow, KeepingRow.organisation_id == OrganisationRow.id)
        .order_by(OrganisationRow.id)
    )
    for entry, keeping in entries:
        own = [answer for answer in answers if answer.organisation_id == entry.id]
        correct = [answer.at for answer in own if answer.kind is AnswerKind.ALL_CORRECT]
        assert entry.confirmed_at == max(correct, default=None)
        assert entry.confirmed_by == (ConfirmedBy.ORGANISATION if correct else None)
        first = first_period(entry.id, keeping.period_days, Ladder())
        possible = (
            {first} if not correct else {keeping.period_days, first} if len(correct) == 1 else {keeping.period_days}
        )
        if own:
            assert (keeping.due_on - day_of(max(answer.at for answer in own))).days in possible


def documents(engine: Engine, index: Path) -> list[Document]:
    """What an index holds once it is caught up, in an order of its own."""
    search = SearchEngine(index, ROOT / "seed")
    with Session(engine) as session:
        search.catch_up(session)
    state = search.index.state()
    held = snapshot.read(search.index.open(state), state.directory_revision).documents
    return sorted((replace(document, number=0) for document in held), key=str)
