"""Many at once, on a real database: an answer counts once, a step is taken once. `SOAK=1` runs it at full size."""

import os
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from directory.checks.answers import record_answer
from directory.checks.contacts import Mailbox, ask_contact_change, decide_contact_change, replace_contact
from directory.checks.models import AnswerRow, CheckMailRow, CheckRow, CheckStepRow, ContactRow, KeepingRow, LinkRow
from directory.checks.rounds import do_part
from directory.checks.rules import AnswerKind, ContactChangeDecided, ContactEnded, LinkUsed
from directory.database import begin_writing
from directory.outbox.models import OutboxRow
from tests.at_once import at_once
from tests.unit.checks.made import LADDER, NOW, OFFICER, day, entry, links, rounds

SOAK = bool(os.environ.get("SOAK"))
CROWD = 50 if SOAK else 12
RUNS = 20 if SOAK else 3
TICKS = 4


def prepared(engine: Engine, *slugs: str, asked: bool) -> None:
    with Session(engine) as session:
        begin_writing(session)
        for slug in slugs:
            entry(session, f"first@{slug}.example", f"second@{slug}.example", slug=slug)
        if asked:
            rounds(session, 0, 22)
        session.commit()


def count(engine: Engine, of: type) -> int:
    with Session(engine) as session:
        return session.scalars(select(func.count()).select_from(of)).one()


@pytest.fixture
def crowded(own_engine: Engine) -> Engine:
    """An engine with room for the whole crowd."""
    own_engine.pool._max_overflow = CROWD
    return own_engine


def test_trust_5_of_fifty_answers_at_once_one_counts(crowded: Engine) -> None:
    slugs = [f"entry-{number}" for number in range(RUNS)]
    prepared(crowded, *slugs, asked=True)
    with Session(crowded) as session:
        chosen = {link.organisation_id: link.id for link in links(session)}
    assert len(chosen) == RUNS
    for done, link_id in enumerate(chosen.values(), start=1):

        def answer(session: Session, link_id: str = link_id) -> None:
            record_answer(session, link_id, kind=AnswerKind.ALL_CORRECT, name="A", role="B", now=day(22))

        mails = count(crowded, OutboxRow)
        assert at_once(crowded, CROWD, answer) == {"done": 1, "LinkUsed": CROWD - 1}
        assert count(crowded, AnswerRow) == done
        assert count(crowded, OutboxRow) == mails + 1


def test_trust_5_of_two_contacts_who_answer_at_once_one_counts(crowded: Engine) -> None:
    prepared(crowded, "harbour", asked=True)
    with Session(crowded) as session:
        both = [link.id for link in links(session)]
    assert len(both) == 2
    turns = iter(both * CROWD)

    def answer(session: Session) -> None:
        record_answer(session, next(turns), kind=AnswerKind.CLOSED, name="A", role="B", now=day(22))

    assert at_once(crowded, CROWD, answer) == {"done": 1, LinkUsed.__name__: CROWD - 1}


def test_a_change_of_contact_is_decided_once(crowded: Engine) -> None:
    prepared(crowded, "harbour", asked=True)
    with Session(crowded) as session:
        begin_writing(session)
        contact_id = session.scalars(select(ContactRow.id).order_by(ContactRow.position)).first()
        assert contact_id is not None
        mailbox = Mailbox(email="new@harbour.example", language="en")
        change_id = ask_contact_change(session, contact_id, mailbox, by="public", now=day(22), ladder=LADDER).id
        session.commit()

    def agree(session: Session) -> None:
        decide_contact_change(session, change_id, is_agreed=True, by=OFFICER, now=day(22))

    assert at_once(crowded, CROWD, agree) == {"done": 1, ContactChangeDecided.__name__: CROWD - 1}
    assert count(crowded, ContactRow) == 3


def test_of_officers_who_replace_a_contact_at_once_one_does(crowded: Engine) -> None:
    prepared(crowded, "harbour", asked=True)
    contact_id = first_contact(crowded)

    def replace(session: Session) -> None:
        mailbox = Mailbox(email="new@harbour.example", language="en")
        replace_contact(session, contact_id, mailbox, by=OFFICER, now=day(22))

    assert at_once(crowded, CROWD, replace) == {"done": 1, ContactEnded.__name__: CROWD - 1}
    assert count(crowded, ContactRow) == 3


def test_of_two_mailboxes_that_are_agreed_to_at_once_one_takes_the_place(crowded: Engine) -> None:
    prepared(crowded, "harbour", asked=True)
    contact_id = first_contact(crowded)
    with Session(crowded) as session:
        begin_writing(session)
        boxes = [Mailbox(email=f"new-{number}@harbour.example", language="en") for number in range(TICKS)]
        asked = [
            ask_contact_change(session, contact_id, box, by="public", now=day(22), ladder=LADDER).id for box in boxes
        ]
        session.commit()
    turns = iter(asked)

    def agree(session: Session) -> None:
        decide_contact_change(session, next(turns), is_agreed=True, by=OFFICER, now=day(22))

    assert at_once(crowded, TICKS, agree) == {"done": TICKS}
    assert count(crowded, ContactRow) == 3


def first_contact(engine: Engine) -> UUID:
    with Session(engine) as session:
        return session.scalars(select(ContactRow.id).order_by(ContactRow.position)).all()[0]


def test_several_ticks_at_once_take_each_step_once(crowded: Engine) -> None:
    slugs = [f"entry-{number}" for number in range(30)]
    prepared(crowded, *slugs, asked=False)

    def tick(session: Session) -> None:
        is_done = False
        while not is_done:
            is_done = do_part(session, NOW, ladder=LADDER, most=7).is_done
            session.commit()
            begin_writing(session)

    assert at_once(crowded, TICKS, tick) == {"done": TICKS}
    assert [count(crowded, table) for table in (KeepingRow, CheckRow, CheckStepRow)] == [30, 30, 30]
    assert [count(crowded, table) for table in (CheckMailRow, LinkRow, OutboxRow)] == [30, 30, 30]
    with Session(crowded) as session:
        asked: set[UUID] = {link.organisation_id for link in links(session)}
    assert len(asked) == 30
