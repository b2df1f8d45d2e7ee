"""What the desk itself has: officers, tasks, terms, words of the lexicon, policies, mails, counts and days of keeping."""

from datetime import timedelta
from itertools import cycle
from uuid import UUID, uuid4

from sqlalchemy import select

from directory.accounts.invitations import issue_invitation
from directory.accounts.models import InvitationRow, OfficerRow, OfficerSessionRow, RecoveryCodeRow, SignInTriesRow
from directory.accounts.operations import invite
from directory.accounts.rules import OfficerState, Purpose, Role
from directory.figures.asked import By
from directory.figures.models import SearchCountRow
from directory.lexicon.models import LexiconLanguageRow
from directory.lexicon.operations import add_words, remove_words
from directory.lexicon.rules import WordGroup
from directory.organisations.term_changes import merge, retire
from directory.outbox.message import MailKind, Message
from directory.outbox.models import OutboxRow
from directory.outbox.operations import enqueue
from directory.outbox.rules import OutboxState
from directory.people.operations import erase_person
from directory.policy.operations import set_policy
from directory.policy.rules import DEFAULTS, Policy
from directory.privacy.nightly import keep_no_longer
from directory.tasks.operations import assign_task, end_by_hand, open_task, snooze_task
from directory.tasks.rules import TaskKind, outcomes_of
from directory.taxonomy.operations import add_term, word_term
from directory.taxonomy.rules import LONGEST_NAME, NewTerm, TermWords
from directory.taxonomy.terms import TermKind
from tests.furnished.making import A_DAY, MANAGER, OFFICER, Making
from tests.officers import OFFICERS, add_officer

LEASED, SETTLED = OutboxState.LEASED, {OutboxState.SENT, OutboxState.REFUSED, OutboxState.FAILED, OutboxState.DROPPED}


def furnish_desk(making: Making, everything: UUID) -> None:
    """All of it."""
    _officers(making)
    _tasks(making, everything)
    _terms(making)
    _lexicon(making)
    _mails(making, everything)
    _policies(making)


def _officers(making: Making) -> None:
    session, now, words = making.session, making.now, making.words
    invite(session, name=words("Ivy Invited"), email="ivy@council.example", role=Role.OFFICER, by=MANAGER, now=now)
    disabled, erased, reset = (
        add_officer(session, role, name=name, state=state, now=now)
        for name, role, state in (
            ("dora", Role.OFFICER, OfficerState.DISABLED),
            ("erik", Role.VIEWER, OfficerState.DISABLED),
            ("rosa", Role.OFFICER, OfficerState.ACTIVE),
        )
    )
    erase_person(session, session.get_one(OfficerRow, erased).person_id, by=MANAGER, now=now)
    for purpose, officer in ((Purpose.RESET, reset), (Purpose.DEMO, disabled)):
        issue_invitation(session, officer, purpose, now=now)
    session.flush()
    used = session.scalars(select(InvitationRow).where(InvitationRow.purpose == Purpose.RESET)).one()
    used.used_at = now
    session.add(
        OfficerSessionRow(id="session that has ended", officer_id=disabled, started_at=now - A_DAY, ended_at=now)
    )
    session.add(RecoveryCodeRow(officer_id=OFFICERS[Role.MANAGER], digest="digest", used_at=None))
    session.add(SignInTriesRow(digest="digest", tries=11, last_at=now, free_at=now))


def _tasks(making: Making, everything: UUID) -> None:
    """One of each kind that is open, one that waits, and one of each end."""
    session, now, words = making.session, making.now, making.words
    other = making.public()
    facts = {
        "url": "https://harbour.example/",
        "moved_to": "https://moved.example/",
        "status": "no_name",
        "number": "+442084891000",
        "fault": "not_valid",
        "charity_number": "1000001",
        "registered_name": words("Harbour"),
        "reports": 3,
        "code": words("5.1.1"),
        "outcome": words("refused"),
        "mail_kind": "please_check",
        "reason": words("It says so."),
        "points": 7,
        "first": str(everything),
        "second": str(other),
    }
    elsewhere = {TaskKind.REVIEW_CHANGE, TaskKind.TOLD_OF_CHANGE, TaskKind.CONTACT_CHANGE, TaskKind.CONFIRM_HIDING}

    def opened(kind: TaskKind, due: int = 0) -> UUID:
        row = open_task(
            session,
            kind=kind,
            key=str(uuid4()),
            due_on=making.today + due * A_DAY,
            now=now,
            organisation_id=everything,
            **facts,
        )
        return row.id

    kinds = [kind for kind in TaskKind if kind not in elsewhere]
    for number, kind in enumerate(kinds):
        opened(kind, number - 5)
        for outcome in outcomes_of(kind):
            end_by_hand(session, opened(kind), outcome=outcome, note=words("I rang."), by=OFFICER, now=now)
    until = making.today + 9 * A_DAY
    snooze_task(session, opened(TaskKind.RING), until=until, reason=words("They are away."), by=OFFICER, now=now)
    assign_task(session, opened(TaskKind.RING), officer_id=OFFICERS[Role.OFFICER], by=OFFICER, now=now)
    open_task(session, kind=TaskKind.MAIL_REFUSED, key="sending stopped", due_on=making.today, now=now, code="5")


def _terms(making: Making) -> None:
    """Of each kind one that is offered, one that was retired, and one that was merged into the first."""
    session, now = making.session, making.now
    for kind in TermKind:
        offered, retired, merged = (_term(making, kind, number) for number in range(3))
        retire(session, kind, retired, entries_keep_it=True, by=MANAGER, now=now)
        session.flush()
        merge(session, kind, merged, into=offered, by=MANAGER, now=now)


def _term(making: Making, kind: TermKind, number: int) -> str:
    """The code of a new term with words in three languages."""
    session, now, words = making.session, making.now, making.words
    is_area = kind is TermKind.AREA
    new = NewTerm(
        kind=kind,
        names={"en": f"Term {number}"},
        parent={TermKind.GROUND: "race", TermKind.AREA: "haringey"}.get(kind, ""),
        tag=("pl", "nl", "da")[number] if kind is TermKind.LANGUAGE else "",
        sort="place" if is_area else "",
        latitude=51.5 if is_area else None,
        longitude=-0.1 if is_area else None,
    )
    code = add_term(session, new, by=MANAGER, now=now)
    session.flush()
    for language in ("en", "tr", "ar"):
        name = words(f"Term {number} in {language}")[:LONGEST_NAME].strip()
        worded = TermWords(name=name, description=words("What it is."), examples=(words("Such.")[:80].strip(),))
        word_term(session, kind, code, language, worded, by=MANAGER, now=now)
        session.flush()
    return code


def _lexicon(making: Making) -> None:
    session, now = making.session, making.now
    for language, reviewed in (("en", True), ("tr", False)):
        session.add(LexiconLanguageRow(language=language, reviewed=reviewed, edited_by=MANAGER))
        session.flush()
        kept = WordGroup(language=language, words=("spat at me", "shout*"), means=("ground:race",), english="insult")
        gone = WordGroup(language=language, words=("gone words",), means=("ground:religion",))
        add_words(session, kept, by=MANAGER, now=now)
        session.flush()
        removed = add_words(session, gone, by=MANAGER, now=now)
        session.flush()
        remove_words(session, removed, version=1, by=MANAGER, now=now)


def _mails(making: Making, everything: UUID) -> None:
    """A mail of each kind, and one in each state."""
    session, now = making.session, making.now
    person = session.get_one(OfficerRow, OFFICERS[Role.MANAGER]).person_id
    states = cycle(OutboxState)
    for kind in MailKind:
        message = Message(kind=kind, person_id=person, language="en", organisation_ids=(everything,))
        row = session.get_one(OutboxRow, enqueue(session, message, now=now, not_before=now + A_DAY))
        row.state = next(states)
        if row.state is LEASED:
            row.leased_by, row.lease_until = "sender", now + A_DAY
        if row.state in SETTLED:
            row.settled_at, row.outcome_code, row.bounced_at = now, making.words("550")[:20], now
        session.flush()


def _policies(making: Making) -> None:
    session, now = making.session, making.now
    set_policy(session, Policy(approve_hours=True), seen=0, defaults=DEFAULTS, by=MANAGER, now=now)
    session.flush()
    set_policy(session, Policy(link_days=20), seen=1, defaults=DEFAULTS, by=MANAGER, now=now)
    keep_no_longer(session, now, DEFAULTS)
    for by in By:
        facet, code = ("", "") if by is By.ALL else ("ground", "race")
        row = SearchCountRow(day=making.today - timedelta(days=1), asked_by=by, facet=facet, code=code, searches=12)
        row.in_vain = 4
        session.add(row)
