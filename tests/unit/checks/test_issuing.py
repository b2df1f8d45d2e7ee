from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import select

from directory.audit import AuditEventRow
from directory.checks.answers import record_answer, save_draft
from directory.checks.issuing import (
    LinkState,
    issue_link,
    open_link,
    renew_link,
    revoke_links,
    send_new_link,
    use_link,
)
from directory.checks.links import CONTACT_CHANGE, BadToken, LinkSigner
from directory.checks.models import ContactRow, LinkRow
from directory.checks.queries import Signature, draft_of
from directory.checks.rules import (
    AnswerKind,
    ContactState,
    LinkExpired,
    LinkReplaced,
    LinkRevoked,
    LinkUnknown,
    LinkUsed,
)
from directory.outbox.message import MailKind
from directory.people.operations import erase_person
from tests.unit.checks.made import LADDER, NOW, OFFICER, contacts, day, entry, links, mails, rounds

A_SECOND = timedelta(seconds=1)
SKEW = timedelta(seconds=120)


@pytest.fixture
def link(session) -> LinkRow:
    """The link of an entry that was asked today."""
    entry(session, "info@harbour.example")
    rounds(session, 0, 0)
    return links(session)[0]


def answer(session, link_id, now=NOW, kind=AnswerKind.ALL_CORRECT):
    return record_answer(session, link_id, kind=kind, name="Ayşe", role="Manager", now=now)


def test_a_fresh_link_opens_its_own_entry(session, link):
    opened = open_link(session, link.id, NOW)
    assert (opened.state, opened.organisation_id) == (LinkState.FRESH, link.organisation_id)
    assert (opened.language, opened.answer, opened.signature) == ("tr", None, None)


def test_trust_1_opening_a_link_changes_nothing(session, link):
    session.commit()
    for number in range(50):
        open_link(session, link.id, day(number % 20))
    assert not session.dirty
    assert not session.new
    assert session.scalars(select(LinkRow.used_at)).all() == [None]


@pytest.mark.parametrize(("late", "opens"), [(-A_SECOND, True), (SKEW, True), (SKEW + A_SECOND, False)])
def test_trust_4_expiry_goes_by_the_row_with_two_minutes_for_clocks(session, link, late, opens):
    moment = link.expires_at + late
    if opens:
        assert open_link(session, link.id, moment).state is LinkState.FRESH
        assert use_link(session, link.id, moment).used_at == moment
        return
    with pytest.raises(LinkExpired):
        open_link(session, link.id, moment)
    with pytest.raises(LinkExpired):
        use_link(session, link.id, moment)
    assert links(session)[0].used_at is None


def test_trust_5_a_link_is_used_once(session, link):
    use_link(session, link.id, NOW)
    with pytest.raises(LinkUsed):
        use_link(session, link.id, NOW)


def test_an_unknown_link_is_named_as_such(session):
    for operation in (open_link, use_link):
        with pytest.raises(LinkUnknown):
            operation(session, "AAAAAAAAAA", NOW)


def test_a_link_that_was_taken_back_does_not_open(session, link):
    revoke_links(session, link.contact_id, NOW)
    for operation in (open_link, use_link):
        with pytest.raises(LinkRevoked):
            operation(session, link.id, NOW)


def test_a_used_link_shows_the_answer_even_when_it_is_old(session, link):
    receipt = answer(session, link.id)
    opened = open_link(session, link.id, day(100))
    assert opened.state is LinkState.ANSWERED
    assert opened.answer is not None
    assert (opened.answer.answer_id, opened.answer.is_by_this_link) == (receipt.answer_id, True)
    assert opened.signature == Signature(name="Ayşe", role="Manager")


def test_after_an_answer_every_link_of_that_round_shows_it(session):
    entry(session, "first@harbour.example", "second@harbour.example")
    rounds(session, 0, 22)
    first, second = links(session)
    answer(session, first.id, day(22))
    opened = open_link(session, second.id, day(23))
    assert opened.answer is not None
    assert (opened.state, opened.answer.is_by_this_link) == (LinkState.ANSWERED, False)
    with pytest.raises(LinkUsed):
        answer(session, second.id, day(23))
    assert session.get_one(LinkRow, second.id).used_at is None


def test_after_a_partial_answer_the_other_contact_can_still_answer(session):
    entry(session, "first@harbour.example", "second@harbour.example")
    rounds(session, 0, 22)
    first, second = links(session)
    answer(session, first.id, day(22), AnswerKind.PART)
    assert open_link(session, second.id, day(23)).state is LinkState.FRESH
    answer(session, second.id, day(23))


def test_a_new_link_replaces_the_old_ones_and_goes_to_the_address_on_file(session, link):
    send_new_link(session, "harbour", now=day(1), ladder=LADDER)
    new = links(session)[-1]
    with pytest.raises(LinkReplaced):
        open_link(session, link.id, day(1))
    with pytest.raises(LinkReplaced):
        use_link(session, link.id, day(1))
    assert open_link(session, new.id, day(1)).check_id == link.check_id
    mail = mails(session)[-1]
    assert (mail.kind, mail.person_id, mail.link_ids) == (
        MailKind.YOUR_LINK,
        session.get_one(ContactRow, link.contact_id).person_id,
        [new.id],
    )
    rounds(session, 1, 7)
    assert mails(session)[-1].link_ids == [new.id], "the reminder carries the new one"


def test_a_new_link_can_be_had_by_address_and_from_the_page_of_an_old_one(session, link):
    send_new_link(session, " INFO@harbour.example ", now=day(1), ladder=LADDER)
    renew_link(session, link.id, now=day(40), ladder=LADDER)
    assert [mail.kind for mail in mails(session)][1:] == [MailKind.YOUR_LINK] * 2
    assert len(links(session)) == 3


def test_asking_by_address_gives_one_mail_with_a_link_for_each_entry(session):
    for slug in ("one", "two", "three"):
        entry(session, "office@many.example", slug=slug)
    send_new_link(session, "office@many.example", now=NOW, ladder=LADDER)
    (mail,) = mails(session)
    assert len(mail.link_ids) == len({*mail.organisation_ids}) == 3


def test_at_most_three_new_links_a_day_are_sent(session, link):
    for hour in range(5):
        send_new_link(session, "harbour", now=NOW + timedelta(hours=hour), ladder=LADDER)
    assert len(mails(session)) == 1 + 3
    newest = links(session)[-1]
    assert open_link(session, newest.id, NOW).state is LinkState.FRESH, "refusing takes nothing away"
    send_new_link(session, "harbour", now=day(1), ladder=LADDER)
    assert len(mails(session)) == 1 + 4


@pytest.mark.parametrize("asked", ["nobody", "nobody@nowhere.example", "a@b@c", "", "harbour' OR 1=1", "@"])
def test_nobody_is_told_whether_it_matched(session, link, asked):
    assert send_new_link(session, asked, now=NOW, ladder=LADDER) is None
    assert send_new_link(session, "harbour", now=NOW, ladder=LADDER) is None
    assert len(mails(session)) == 2


def test_who_cannot_be_mailed_gets_no_new_link(session, link):
    contact = session.get_one(ContactRow, link.contact_id)
    contact.state = ContactState.BOUNCING
    send_new_link(session, "harbour", now=NOW, ladder=LADDER)
    contact.state = ContactState.ACTIVE
    erase_person(session, contact.person_id, by=OFFICER, now=NOW)
    send_new_link(session, "harbour", now=NOW, ladder=LADDER)
    renew_link(session, link.id, now=NOW, ladder=LADDER)
    assert len(mails(session)) == 1


def test_a_half_done_edit_goes_over_to_the_new_link(session, link):
    save_draft(session, link.id, details={"name": "Harbor"}, marks={"services": True}, now=NOW)
    session.flush()
    send_new_link(session, "harbour", now=day(1), ladder=LADDER)
    draft = draft_of(session, links(session)[-1].id)
    assert draft is not None
    assert (draft.details, draft.marks) == ({"name": "Harbor"}, {"services": True})


def test_trust_3_no_link_opens_any_other_organisation(session):
    """Every token with every organisation: 0 crossings."""
    identities = [entry(session, f"{slug}@many.example", "office@many.example", slug=slug) for slug in "abcd"]
    rounds(session, 0, 22)
    signer = LinkSigner(["k" * 40])
    tokens = {signer.token(link.id): link.organisation_id for link in links(session)}
    assert len(tokens) == 8
    crossings = [
        (token, identity)
        for (token, own), identity in product(tokens.items(), identities)
        if (open_link(session, signer.link_id(token), day(22)).organisation_id == identity) != (own == identity)
    ]
    assert crossings == []
    for token, own in tokens.items():
        if all(one.organisation_id != own or one.used_at is None for one in links(session)):
            assert answer(session, signer.link_id(token), day(22)).organisation_id == own


def test_trust_3_a_copy_of_the_database_opens_nothing(session, link):
    """All that is stored, in every shape that somebody could try, without the key."""
    signer, stolen = LinkSigner(["k" * 40]), LinkSigner(["s" * 40])
    events = [event.subject for event in session.scalars(select(AuditEventRow))]
    stored = [link.id, str(link.contact_id), str(link.check_id), *mails(session)[0].link_ids, *events]
    tried = [*stored, *(f"{text}." for text in stored), *(f"{text}.{text}" for text in stored)]
    tried += [stolen.token(text) for text in stored]
    tried += [LinkSigner(["k" * 40], CONTACT_CHANGE).token(link.id)]
    for token in tried:
        with pytest.raises(BadToken):
            signer.link_id(token)


def test_links_for_two_contacts_are_apart(session):
    identity = entry(session, "first@harbour.example", "second@harbour.example")
    first, second = contacts(session, identity)
    one = issue_link(session, contact_id=first.id, check_id=None, now=NOW, ladder=LADDER)
    other = issue_link(session, contact_id=second.id, check_id=None, now=NOW, ladder=LADDER)
    session.flush()
    revoke_links(session, first.id, NOW)
    with pytest.raises(LinkRevoked):
        open_link(session, one.id, NOW)
    assert open_link(session, other.id, NOW).contact_id == second.id


def test_an_answer_outside_a_round_says_nothing_of_another_entry(session):
    """Answers without a round looked like answers to every link without one."""
    links_asked_for = []
    for slug in ("harbour", "haven"):
        identity = entry(session, f"info@{slug}.example", slug=slug)
        (held,) = contacts(session, identity)
        links_asked_for.append(issue_link(session, contact_id=held.id, check_id=None, now=NOW, ladder=LADDER))
    session.flush()
    answer(session, links_asked_for[0].id, NOW + A_SECOND)
    assert open_link(session, links_asked_for[0].id, NOW + A_SECOND).state is LinkState.ANSWERED
    assert open_link(session, links_asked_for[1].id, NOW + A_SECOND).state is LinkState.FRESH
