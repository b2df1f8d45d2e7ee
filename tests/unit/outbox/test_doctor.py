"""`flask mail doctor` names every fault in words, and nothing when all is well."""

from pathlib import Path
from uuid import uuid4

import pytest

from directory.config import MailSecurity, MailTransport, Settings, SettingsError
from directory.outbox.doctor import problems
from directory.outbox.letter import Letterhead
from directory.outbox.transports import FileTransport, NotifyTransport, SmtpTransport, make_transport
from tests.unit.outbox.made import KEY
from tests.unit.outbox.mail_server import Mailbox, mail_server
from tests.unit.outbox.notify_server import API_KEY, TEMPLATE, Notify, notify_server

RIGHT = {
    "secret_key": "s" * 40,
    "public_origin": "https://support.example.org",
    "mail_transport": MailTransport.SMTP,
    "mail_from": "Support directory <directory@example.org>",
    "mail_return_domain": "bounces.example.org",
    "mail_keys": (KEY,),
    "smtp_host": "127.0.0.1",
    "smtp_security": MailSecurity.NONE,
}
NOTIFY = {"mail_transport": MailTransport.NOTIFY, "notify_api_key": API_KEY, "notify_template_id": TEMPLATE}


def settings(**given) -> Settings:
    return Settings(**RIGHT | given)


def test_right_settings_have_no_problem(tmp_path: Path) -> None:
    with mail_server(Mailbox()) as port, notify_server(Notify()) as url:
        assert problems(settings(smtp_port=port)) == []
        assert problems(settings(**NOTIFY, notify_url=url)) == []
    assert problems(settings(mail_transport=MailTransport.FILE, mail_folder=tmp_path / "mail")) == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"mail_transport": MailTransport.OFF}, "MAIL_TRANSPORT is off"),
        ({"public_origin": "https://support-directory.example.org"}, "has 37 characters"),
        ({"public_origin": "http://127.0.0.1:8000"}, "need an https address"),
        ({"public_origin": "http://support.example.org"}, "need an https address"),
        ({"mail_from": ""}, "MAIL_FROM is ''"),
        ({"mail_from": "Support directory"}, "must be one address"),
        ({"mail_reply_to": "a@b@example.org"}, "MAIL_REPLY_TO is"),
        ({"smtp_host": "", "smtp_security": MailSecurity.TLS}, "SMTP_HOST is not set"),
        ({"smtp_host": "mail.example.org"}, "for all to read"),
        ({"smtp_user": "directory"}, "go together"),
        ({"mail_return_domain": ""}, "nobody would hear"),
        ({"mail_return_domain": "bounces@example.org"}, "must be a domain"),
        ({"mail_keys": ()}, "MAIL_KEYS is not set"),
        ({"mail_keys": (KEY, "s" * 40)}, "a key of its own"),
        ({"imap_host": "imap.example.org", "imap_user": "returns"}, "cannot be opened"),
        (NOTIFY | {"notify_api_key": "name-1234"}, "copy the whole key"),
        (NOTIFY | {"notify_template_id": "please check"}, "not the id of a template"),
    ],
)
def test_each_fault_of_the_settings_is_named_alone(given, says: str) -> None:
    (problem,) = problems(settings(**given))
    assert says in problem
    assert problem.endswith(".")


def test_a_server_that_is_away_is_named() -> None:
    (problem,) = problems(settings(smtp_port=1))
    assert problem.startswith("The mail server 127.0.0.1:1 cannot be reached")


def test_a_server_without_encryption_is_named() -> None:
    with mail_server(Mailbox()) as port:
        (problem,) = problems(settings(smtp_port=port, smtp_security=MailSecurity.STARTTLS))
    assert "SMTP_SECURITY" in problem


def test_a_wrong_key_and_a_wrong_template_of_notify_are_named() -> None:
    with notify_server(Notify()) as url:
        stranger = f"name-{uuid4()}-{uuid4()}"
        assert "NOTIFY_API_KEY" in problems(settings(**NOTIFY | {"notify_api_key": stranger}, notify_url=url))[0]
        assert (
            "NOTIFY_TEMPLATE_ID"
            in problems(settings(**NOTIFY | {"notify_template_id": stranger[-36:]}, notify_url=url))[0]
        )
    assert problems(settings(**NOTIFY, notify_url=url)) == ["GOV.UK Notify cannot be reached."]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (problem,) = problems(settings(mail_transport=MailTransport.FILE, mail_folder=tmp_path / "file" / "mail"))
    assert "nothing can be written there" in problem


def test_a_mailbox_that_cannot_be_opened_is_named() -> None:
    imap = {"imap_host": "127.0.0.1", "imap_port": 1, "imap_user": "returns", "imap_password": "right"}
    with mail_server(Mailbox()) as port:
        (problem,) = problems(settings(smtp_port=port, **imap))
    assert problem.startswith("The mailbox at 127.0.0.1:1 cannot be opened")


@pytest.mark.parametrize(
    ("given", "kind"),
    [({}, SmtpTransport), (NOTIFY, NotifyTransport), ({"mail_transport": MailTransport.FILE}, FileTransport)],
)
def test_the_settings_choose_the_transport(given, kind: type) -> None:
    transport = make_transport(settings(**given))
    assert isinstance(transport, kind)
    transport.close()


def test_where_mail_is_off_no_transport_can_be_made() -> None:
    with pytest.raises(SettingsError, match="MAIL_TRANSPORT is off"):
        make_transport(settings(mail_transport=MailTransport.OFF))


def test_a_sender_that_is_no_address_is_our_fault_and_not_a_recipients() -> None:
    with pytest.raises(SettingsError, match="MAIL_FROM"):
        Letterhead.of(settings(mail_from="Support directory"))


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8000", "http://localhost:8000"])
def test_without_settings_there_is_a_sender_for_development(origin: str) -> None:
    head = Letterhead.of(Settings(secret_key=KEY, public_origin=origin))
    assert head.sender.startswith("noreply@")
    assert head.returns is None
