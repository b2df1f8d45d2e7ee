"""Letters as they travel: lines arrive whole, headers are ours alone."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory.config import MailSecurity
from directory.outbox.letter import AddressUnusable, Letter, letter, one_line
from directory.outbox.message import Email
from directory.outbox.operations import claim
from directory.outbox.rules import OutboxState
from directory.outbox.transports import SmtpTransport
from tests.unit.outbox.made import HEAD, NOW, Post, plain, put_in, put_in_many
from tests.unit.outbox.mail_server import Mailbox, mail_server

pytestmark = pytest.mark.any_database

LONGEST_ORIGIN = "https://support.haringey-council.gov"
LINK = f"{LONGEST_ORIGIN}/u/abcdefghijkLMNOP.jT-3k_9xQw5dR2mVb7"
NAMES = ["Date", "From", "To", "Reply-To", "Subject", "Message-ID", "Auto-Submitted", "Content-Language"]
TRICKS = [
    "\r\nBcc: eve@evil.example",
    "\nBcc: eve@evil.example",
    "\rBcc: eve@evil.example",
    "\r\n\r\n<p>another body",
    "\x0bBcc: eve@evil.example",
    "\x0cBcc: eve@evil.example",
    "\x1cBcc: eve@evil.example",
    "\x85Bcc: eve@evil.example",
    "\u2028Bcc: eve@evil.example",
    "\u2029Bcc: eve@evil.example",
    "\x00Bcc: eve@evil.example",
    "\r\n Bcc: eve@evil.example",
    "=?utf-8?q?=0D=0ABcc:_eve@evil.example?=",
    "ä\r\nBcc: eve@evil.example",
    "中\u2028Bcc: eve@evil.example",
    "\u202eelpmaxe.live@eve :ccB",
]


@pytest.fixture
def row(session: Session):
    put_in(session)
    return claim(session, by="one", now=NOW)


@pytest.fixture
def email(session: Session, row) -> Email:
    return plain(session, row)


def arrived(made: Letter) -> EmailMessage:
    """The letter as a reader's program reads its bytes."""
    return message_from_bytes(made.message.as_bytes(), policy=policy.SMTP)


def encoded_lines(made: Letter) -> list[str]:
    return made.message.as_bytes().decode("ascii").split("\r\n")


@pytest.mark.parametrize(
    "words",
    [
        "Is this still right?",
        "Bu bilgiler hâlâ doğru mu? Lütfen aşağıdaki bağlantıyı açın; değişiklik varsa düzeltin, yoksa tek tıkla onaylayın.",
        "আপনার তথ্য কি এখনও ঠিক আছে? " * 20,
        "هل لا تزال هذه المعلومات صحيحة؟ " * 20,
        "这些信息还正确吗？" * 40,
        "A very long English line, " * 40,
    ],
    ids=["english", "turkish", "bengali", "arabic", "chinese", "long"],
)
def test_the_link_stands_alone_and_whole_on_its_line_in_the_encoded_mail(row, email: Email, words: str) -> None:
    made = letter(row, replace(email, text=f"{words}\n\n{LINK}\n\n{words}\n", subject=words[:60]), HEAD, NOW)
    lines = encoded_lines(made)
    assert LINK in lines
    assert len(LINK) <= 76
    assert LINK[-1].isalnum()
    assert max(map(len, lines)) <= 78
    assert LINK in arrived(made).get_body(("plain",)).get_content().splitlines()
    assert words in arrived(made).get_body(("plain",)).get_content()


def test_a_letter_has_these_headers_and_both_bodies(row, email: Email) -> None:
    message = arrived(letter(row, email, HEAD, NOW))
    assert all(len(message.get_all(name)) == 1 for name in NAMES)
    assert message["From"] == "Support directory <directory@council.example>"
    assert message["Reply-To"] == "team@council.example"
    assert message["To"] == "info@charity.example"
    assert message["Message-ID"] == f"<{row.message_id}@council.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] == "Wed, 03 Jun 2026 10:30:00 +0100"
    assert not [name for name in message if name.startswith("List-") or name in {"Cc", "Bcc", "Return-Path"}]
    assert message.get_body(("html",)).get_content().strip() == email.html


@pytest.mark.parametrize("trick", TRICKS)
def test_a_submitted_address_cannot_add_a_recipient_or_a_header(row, email: Email, trick: str) -> None:
    for address in (f"info@charity.example{trick}", f"info{trick}@charity.example", f"{trick}info@charity.example"):
        with pytest.raises(AddressUnusable):
            letter(row, replace(email, to=address), HEAD, NOW)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "charity",
        "@charity.example",
        "info@",
        "info@localhost",
        "a@charity.example, eve@evil.example",
        "a@charity.example eve@evil.example",
        "a@charity.example;eve@evil.example",
        "Eve <eve@evil.example>",
        "<eve@evil.example>",
        "a@b@charity.example",
        "friends: eve@evil.example;",
        '"a b"@charity.example',
        "ünï@charity.example",
        "info@charity.example(eve@evil.example)",
        "=?utf-8?q?=0D=0ABcc=3A_eve=40evil.example?=@charity.example",
        f"info@{'a' * 64}.example",
        "info@charity..example",
    ],
)
def test_what_is_not_one_plain_address_gets_no_letter(row, email: Email, address: str) -> None:
    with pytest.raises(AddressUnusable):
        letter(row, replace(email, to=address), HEAD, NOW)


@pytest.mark.parametrize("trick", TRICKS)
def test_no_words_can_add_a_header(row, email: Email, trick: str) -> None:
    tricked = replace(email, subject=f"Please check {trick}", language=f"en{trick}", headers={"X-Kind": f"ask{trick}"})
    made = letter(row, tricked, HEAD, NOW)
    expected = letter(row, replace(email, headers={"X-Kind": "ask"}), HEAD, NOW)
    assert sorted(arrived(made).keys()) == sorted(arrived(expected).keys())
    assert arrived(made)["To"] == "info@charity.example"


@pytest.mark.parametrize("name", ["Bcc", "To", "Cc", "Sender", "Subject", "Content-Type", "X-A\r\nBcc", "x y", "Date"])
def test_no_words_can_set_a_header_of_ours(row, email: Email, name: str) -> None:
    with pytest.raises(ValueError, match="may set the header"):
        letter(row, replace(email, headers={name: "eve@evil.example"}), HEAD, NOW)


@given(st.text(max_size=200))
def test_any_text_becomes_one_line(text: str) -> None:
    line = one_line(text)
    assert line.splitlines() in ([line], [])
    message = EmailMessage(policy=policy.SMTP)
    message["Subject"] = line
    message["X-Last"] = "1"
    assert message_from_bytes(message.as_bytes(), policy=policy.SMTP).keys() == ["Subject", "X-Last"]


@pytest.mark.parametrize(
    "subject", ["لطفاً اطلاعات خود را بررسی کنید: می‌خواهیم", "\u2068Haringey\u2069 ডিরেক্টরি", "是否正确？"]
)
def test_a_subject_arrives_in_its_own_letters(row, email: Email, subject: str) -> None:
    made = letter(row, replace(email, subject=subject), HEAD, NOW)
    assert made.message.as_bytes().isascii()
    assert arrived(made)["Subject"] == subject


def test_a_domain_in_other_letters_travels_in_its_ascii_form(row, email: Email) -> None:
    made = letter(row, replace(email, to="info@bücher.example"), HEAD, NOW)
    assert made.to == "info@xn--bcher-kva.example"


@pytest.mark.parametrize("trick", TRICKS)
def test_over_smtp_only_the_person_gets_it(own_engine: Engine, trick: str) -> None:
    def tricked(session, row):
        return replace(
            plain(session, row), subject=f"Hello{trick}", text=f"Hello{trick}\r\n.\r\nRCPT TO:<eve@evil.example>"
        )

    mailbox = Mailbox()
    put_in_many(own_engine, ["info@charity.example"])
    with mail_server(mailbox) as port:
        transport = SmtpTransport(host="127.0.0.1", port=port, security=MailSecurity.NONE)
        assert Post(own_engine, transport, render=tricked).deliver().done == {OutboxState.SENT: 1}
    (envelope,) = mailbox.taken
    (message,) = mailbox.messages
    assert envelope.rcpt_tos == ["info@charity.example"]
    assert "Bcc" not in message


def test_an_address_that_cannot_be_used_makes_a_task_and_not_a_mail(own_engine: Engine) -> None:
    def unusable(session, row):
        return replace(plain(session, row), to="info@charity.example\r\nBcc: eve@evil.example")

    mailbox = Mailbox()
    put_in_many(own_engine, ["info@charity.example"])
    with mail_server(mailbox) as port:
        post = Post(own_engine, SmtpTransport(host="127.0.0.1", port=port, security=MailSecurity.NONE), render=unusable)
        assert post.deliver().done == {OutboxState.REFUSED: 1}
    assert ([verdict.code for _, verdict in post.told.failures], mailbox.taken) == (["address"], [])
