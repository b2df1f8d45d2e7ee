from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory.database import writing
from directory.outbox.message import MailKind, Message
from directory.outbox.operations import claim, enqueue, mark_sent
from directory.outbox.queries import count_by_state, mails_to
from directory.outbox.rules import LEASE, OutboxState
from directory.outbox.transports import FileTransport, MemoryTransport
from directory.people.operations import erase_person, remember_person
from tests.unit.outbox.made import NOW, LosesAnswers, Post, link_of, plain, put_in, put_in_many, sessions_of


def test_what_is_due_is_delivered_once(own_engine: Engine) -> None:
    post = Post(own_engine, MemoryTransport())
    put_in_many(own_engine, [f"info@charity{n}.example" for n in range(3)])
    assert post.deliver().done == {OutboxState.SENT: 3}
    assert post.deliver().done == {}
    rows = {row.message_id: row for row in post.rows()}
    assert {letter.reference for letter in post.transport.letters} == set(rows)
    assert all(link_of(rows[letter.reference]) in letter.email.text for letter in post.transport.letters)


def test_a_mail_waits_for_its_day(own_engine: Engine) -> None:
    post = Post(own_engine, MemoryTransport())
    with writing(sessions_of(own_engine)) as session:
        put_in(session, not_before=NOW + timedelta(days=2))
    assert post.deliver().done == {}
    post.clock.forward(days=2)
    assert post.deliver().done == {OutboxState.SENT: 1}


def test_the_same_key_is_put_in_once(session: Session) -> None:
    first = put_in(session, key="check:1:ask")
    assert put_in(session, key="check:1:ask") == first
    assert put_in(session, key="check:1:remind") != first
    assert put_in(session) != put_in(session)


def test_files_appear_whole_and_a_mail_sent_again_replaces_its_own(own_engine: Engine, tmp_path) -> None:
    files = FileTransport(tmp_path / "mail")
    post = Post(own_engine, LosesAnswers(files))
    put_in_many(own_engine, ["info@charity.example"])
    assert post.deliver().done == {OutboxState.WAITING: 1}
    post.transport = files
    post.clock.forward(minutes=1)
    assert post.deliver().done == {OutboxState.SENT: 1}
    (row,) = post.rows()
    (file,) = (tmp_path / "mail").iterdir()
    assert file.name == f"{row.message_id}.eml"
    assert (tmp_path / "mail").stat().st_mode & 0o077 == 0
    assert file.read_bytes().startswith(b"Return-Path: <r-")
    assert f"\n{link_of(row)}\n" in file.read_text()


def test_a_claimed_mail_is_nobody_elses_until_its_lease_ends(session: Session) -> None:
    mail_id = put_in(session)
    assert claim(session, by="one", now=NOW).id == mail_id
    assert claim(session, by="other", now=NOW + LEASE - timedelta(seconds=1)) is None
    again = claim(session, by="other", now=NOW + LEASE)
    assert (again.id, again.leased_by, again.attempts) == (mail_id, "other", 2)


def test_who_lost_the_lease_settles_nothing(session: Session) -> None:
    put_in(session)
    lost = claim(session, by="one", now=NOW)
    session.expunge(lost)
    held = claim(session, by="other", now=NOW + LEASE)
    assert not mark_sent(session, lost, NOW + LEASE)
    assert mark_sent(session, held, NOW + LEASE)


def test_nothing_is_sent_to_somebody_who_was_erased(own_engine: Engine) -> None:
    def unless_erased(session, row):
        email = plain(session, row)
        return email if email.to else None

    post = Post(own_engine, MemoryTransport(), render=unless_erased)
    put_in_many(own_engine, ["ada@charity.example"])
    with writing(sessions_of(own_engine)) as session:
        erase_person(session, post.rows()[0].person_id, by="officer:1", now=NOW)
    assert post.deliver().done == {OutboxState.DROPPED: 1}
    assert (post.transport.letters, post.told.failures) == ([], [])


def test_one_mail_that_cannot_be_made_does_not_stop_the_others(own_engine: Engine, caplog) -> None:
    def half(session, row):
        email = plain(session, row)
        return email if email.to.startswith("fine") else 1 / 0

    post = Post(own_engine, MemoryTransport(), render=half)
    put_in_many(own_engine, ["broken@charity.example", "fine@other.example"])
    assert post.deliver().done == {OutboxState.WAITING: 1, OutboxState.SENT: 1}
    assert "could not be made" in caplog.text
    assert "charity.example" not in caplog.text


@pytest.mark.parametrize("text", ["info@charity.example", "two words", "https://support.example/u/1", "line\nbreak"])
def test_words_links_and_addresses_cannot_be_put_in(session: Session, text: str) -> None:
    person_id = remember_person(session, email="info@charity.example", now=NOW)
    for given in ({"facts": {"reason": text}}, {"link_ids": (text,)}, {"facts": {text: "1"}}):
        with pytest.raises(ValueError, match="ids, codes and dates"):
            Message(kind=MailKind.DECLINED, person_id=person_id, language="en", **given)


def test_a_message_comes_back_as_it_was_put_in(session: Session) -> None:
    person_id = remember_person(session, email="info@charity.example", now=NOW)
    message = Message(MailKind.DECLINED, person_id, "pt", (person_id,), ("abc",), {"change": "7", "on": "2026-06-03"})
    enqueue(session, message, now=NOW)
    (row,) = mails_to(session, person_id)
    assert row.message == message
    assert count_by_state(session) == {OutboxState.WAITING: 1}
