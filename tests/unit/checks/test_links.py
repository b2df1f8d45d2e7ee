import string
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.checks.links import CONTACT_CHANGE, ID_LENGTH, UPDATE, BadToken, LinkSigner, new_link_id
from directory.checks.mailboxes import is_role_mailbox

OLD, NEW, OTHER = "o" * 40, "n" * 40, "x" * 40
LONGEST_ORIGIN = "https://" + "d" * 27
SIGNER = LinkSigner([NEW])


def test_a_token_gives_its_id_back():
    link_id = new_link_id()
    assert SIGNER.link_id(SIGNER.token(link_id)) == link_id
    assert SIGNER.token(link_id) == SIGNER.token(link_id)


def test_ids_are_random_and_of_letters_and_digits():
    ids = {new_link_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert all(len(one) == ID_LENGTH and set(one) <= set(string.ascii_letters + string.digits) for one in ids)


def test_trust_3_nothing_opens_without_the_key_and_each_purpose_has_its_own():
    link_id = new_link_id()
    for forger in (LinkSigner([OTHER]), LinkSigner([NEW], CONTACT_CHANGE)):
        with pytest.raises(BadToken):
            SIGNER.link_id(forger.token(link_id))
    assert UPDATE != CONTACT_CHANGE


@settings(deadline=None)
@given(st.text(max_size=80) | st.from_regex(r"[A-Za-z0-9]{10}\.[A-Za-z0-9_-]{27}", fullmatch=True))
def test_trust_3_a_text_that_we_did_not_make_is_no_token(text):
    with pytest.raises(BadToken):
        SIGNER.link_id(text)


def test_trust_3_every_spelling_of_a_signature_leads_to_the_one_id():
    link_id = new_link_id()
    token = SIGNER.token(link_id)
    spellings = {token[:-1] + sign for sign in string.ascii_letters + string.digits} | {f"{token}="}
    accepted = []
    for spelling in spellings:
        try:
            accepted.append((spelling, SIGNER.link_id(spelling)))
        except BadToken:
            continue
    assert len(accepted) > 1, "signatures are malleable as text: nothing may be keyed on a token"
    assert {found for _, found in accepted} == {link_id}


def test_trust_4_a_new_key_signs_and_the_old_one_is_accepted_until_it_leaves():
    link_id = new_link_id()
    old_token, both = LinkSigner([OLD]).token(link_id), LinkSigner([OLD, NEW])
    assert both.token(link_id) == SIGNER.token(link_id) != old_token
    assert both.link_id(old_token) == link_id
    with pytest.raises(BadToken):
        SIGNER.link_id(old_token)


@pytest.mark.parametrize("keys", [[], [""], [NEW, ""]])
def test_trust_4_links_need_a_key(keys):
    with pytest.raises(ValueError, match="key"):
        LinkSigner(keys)


def test_trust_7_the_line_of_a_link_has_76_signs_at_most_and_ends_in_a_letter_or_digit():
    assert len(LONGEST_ORIGIN) == 35
    tokens = [SIGNER.token(new_link_id()) for _ in range(3000)]
    assert {len(f"{LONGEST_ORIGIN}/u/{token}") for token in tokens} == {76}
    assert all(token[-1] in string.ascii_letters + string.digits for token in tokens)
    message = EmailMessage(policy=SMTP.clone(max_line_length=76))
    message.set_content(f"Here:\n\n{LONGEST_ORIGIN}/u/{tokens[0]}\n", cte="quoted-printable")
    assert f"\r\n{LONGEST_ORIGIN}/u/{tokens[0]}\r\n".encode() in message.as_bytes()


@pytest.mark.parametrize(
    ("email", "is_role"),
    [
        ("info@charity.example", True),
        ("Referrals.Haringey@charity.example", True),
        ("haringey-office@charity.example", True),
        ("contactus@charity.example", True),
        ("ayse.yilmaz@info.example", False),
        ("adminah@charity.example", False),
        ("j.hall@charity.example", False),
    ],
)
def test_mailboxes_of_a_role_are_told_from_those_of_a_person(email, is_role):
    assert is_role_mailbox(email) is is_role
