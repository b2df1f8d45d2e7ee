"""Erasing somebody: nothing is left of them, nothing else is lost, and a restore does not bring them back."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.accounts.models import InvitationRow, OfficerRow, OfficerSessionRow, RecoveryCodeRow
from directory.accounts.rules import OfficerState
from directory.audit import AuditEventRow
from directory.changes.models import ChangeRow
from directory.checks.contact_changes import AskedState, asked_change
from directory.checks.issuing import open_link
from directory.checks.models import AnswerRow, ContactChangeRow, ContactRow, DraftRow
from directory.checks.operations import do_round, set_due
from directory.checks.rules import LinkRevoked, Step
from directory.organisations.models import NoteRow
from directory.organisations.queries import public_organisation
from directory.outbox.models import OutboxRow
from directory.people.models import PersonRow
from directory.people.operations import PersonUnknown, remember_person
from directory.privacy.erasures import ErasuresUnwritable, list_erasures, listed_erasures
from directory.privacy.operations import OfficerNotDisabled, erase, note_export, replay
from directory.signals.models import ProblemReportRow, SuggestionRow
from tests.unit.checks.made import LADDER, NOW, OFFICER, day
from tests.unit.privacy.made import MARK, Everywhere, everything, everywhere

MANAGER = "officer:00000000-0000-0000-0000-000000000009"


@pytest.fixture
def known(session: Session) -> Everywhere:
    return everywhere(session)


def erased(session: Session, known: Everywhere) -> tuple[UUID, ...]:
    ids = erase(session, [known.contact.person_id, known.signature], by=MANAGER, now=NOW)
    session.flush()
    session.expire_all()
    return ids


def count(session: Session, table: type) -> int:
    return session.scalars(select(func.count()).select_from(table)).one()


def test_trust_28_nothing_is_left_in_any_table(session: Session, known: Everywhere) -> None:
    assert everything(session).count(MARK) > 10
    assert len(erased(session, known)) == 7
    assert [line for line in everything(session).splitlines() if MARK in line] == []


def test_what_was_done_stays_under_ids_that_say_nothing(session: Session, known: Everywhere) -> None:
    before = {table: count(session, table) for table in (PersonRow, AnswerRow, ChangeRow, ContactRow, NoteRow)}
    erased(session, known)
    assert {table: count(session, table) for table in before} == before
    note = session.scalars(select(NoteRow.text)).one()
    assert note == "Rang (erased); write to (erased)."
    assert public_organisation(session, "harbour").revision == 1


def test_their_contact_ends_with_its_links_and_drafts_and_somebody_else_is_looked_for(
    session: Session, known: Everywhere
) -> None:
    erased(session, known)
    assert session.get_one(ContactRow, known.contact.id).ended_at == NOW
    with pytest.raises(LinkRevoked):
        open_link(session, known.fresh.id, NOW)
    assert count(session, DraftRow) == 0
    set_due(session, known.harbour, NOW.date(), by=OFFICER, now=NOW)
    session.flush()
    assert dict(do_round(session, NOW, ladder=LADDER).steps) == {Step.FIND_KEEPER: 1}


def test_nobody_is_asked_to_say_yes_to_them_any_more(session: Session, known: Everywhere) -> None:
    asked = session.scalars(select(ContactChangeRow.id)).one()
    erased(session, known)
    assert asked_change(session, asked, NOW).state is AskedState.REFUSED


def test_mail_to_them_and_what_they_wrote_is_gone_and_that_of_others_stays(session: Session, known: Everywhere) -> None:
    ids = erased(session, known)
    assert session.scalars(select(OutboxRow.id).where(OutboxRow.person_id.in_(ids))).all() == []
    others = session.scalars(
        select(PersonRow.email).join(OutboxRow, OutboxRow.person_id == PersonRow.id).distinct()
    ).all()
    assert others == ["office@harbour.example"]
    assert (count(session, ProblemReportRow), count(session, SuggestionRow)) == (0, 0)


def test_a_former_officer_can_never_sign_in_again(session: Session, known: Everywhere) -> None:
    erased(session, known)
    row = session.get_one(OfficerRow, known.officer.id)
    assert (row.state, row.password_hash, row.sealed_secret) == (OfficerState.DISABLED, "", "")
    assert [count(session, table) for table in (OfficerSessionRow, RecoveryCodeRow, InvitationRow)] == [0, 0, 0]


@pytest.mark.parametrize("state", [OfficerState.ACTIVE, OfficerState.INVITED])
def test_an_officer_is_disabled_before(session: Session, known: Everywhere, state: OfficerState) -> None:
    known.officer.state = state
    session.flush()
    with pytest.raises(OfficerNotDisabled):
        erase(session, [known.contact.person_id], by=MANAGER, now=NOW)
    assert MARK in everything(session)


def test_both_acts_are_in_the_audit_trail_without_a_name(session: Session, known: Everywhere) -> None:
    note_export(session, [known.signature], by=MANAGER, now=NOW)
    ids = erased(session, known)
    events = session.scalars(select(AuditEventRow).where(AuditEventRow.action.startswith("person_"))).all()
    assert [(event.actor, event.action) for event in events] == [
        (MANAGER, "person_exported"),
        *[(MANAGER, "person_erased")] * len(ids),
    ]
    assert {event.subject for event in events} == set(map(str, ids))


def test_somebody_who_is_not_there_is_unknown(session: Session) -> None:
    with pytest.raises(PersonUnknown):
        erase(session, [uuid4()], by=MANAGER, now=NOW)


def test_the_list_outlives_everything_and_holds_ids_alone(tmp_path: Path) -> None:
    path = tmp_path / "apart" / "erasures.log"
    assert listed_erasures(path) == ()
    one, two = uuid4(), uuid4()
    list_erasures(path, [one], NOW)
    list_erasures(path, [two, one], NOW)
    assert path.read_text().splitlines()[0] == f"{NOW.isoformat()} {one}"
    with path.open("a") as held:
        held.write("2026-06-03T09:30:00+00:00 1234")
    assert listed_erasures(path) == (one, two)
    assert path.stat().st_mode & 0o077 == 0


def test_where_the_list_cannot_be_written_nobody_may_be_erased(tmp_path: Path) -> None:
    with pytest.raises(ErasuresUnwritable):
        list_erasures(tmp_path, [uuid4()], NOW)


def test_trust_28_a_restore_does_not_bring_them_back(session: Session, known: Everywhere, tmp_path: Path) -> None:
    """The session is as the backup was: whoever was erased since is listed, and there, and an officer again."""
    known.officer.state = OfficerState.ACTIVE
    listed = [known.contact.person_id, known.signature, known.officer.person_id, uuid4()]
    same_address = session.scalars(select(PersonRow.id).where(func.lower(PersonRow.email).contains(MARK))).all()
    list_erasures(tmp_path / "log", [*listed, *same_address], NOW)
    assert replay(session, listed_erasures(tmp_path / "log"), by="command", now=day(1)) == 7
    session.flush()
    assert MARK not in everything(session)
    assert replay(session, listed, by="command", now=day(2)) == 0, "nobody is erased twice"


def test_a_restore_ends_every_link_invitation_and_session(session: Session, known: Everywhere) -> None:
    replay(session, [], by="command", now=NOW + timedelta(hours=1))
    session.flush()
    session.expire_all()
    with pytest.raises(LinkRevoked):
        open_link(session, known.fresh.id, NOW)
    asked = session.scalars(select(ContactChangeRow.id)).one()
    assert asked_change(session, asked, NOW + timedelta(hours=2)).state is AskedState.EXPIRED
    assert session.scalars(select(OfficerSessionRow.ended_at)).all() == [NOW + timedelta(hours=1)]
    assert session.scalars(select(InvitationRow.revoked_at)).all() == [NOW + timedelta(hours=1)]
    assert MARK in everything(session)


def test_who_has_the_address_in_other_letters_is_the_same(session: Session) -> None:
    one = remember_person(session, email="Sam@private.example", now=NOW)
    other = remember_person(session, email="sam@private.example", now=NOW)
    another = remember_person(session, email="sam2@private.example", now=NOW)
    assert set(erase(session, [one], by=MANAGER, now=NOW)) == {one, other}
    assert session.get_one(PersonRow, another).email == "sam2@private.example"
