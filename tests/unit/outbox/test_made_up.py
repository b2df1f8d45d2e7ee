"""In development no mail goes to an address that somebody could have, whatever carries it."""

from uuid import uuid4

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import sessionmaker

from directory.config import MailTransport, Settings
from directory.outbox.jobs import deliver_due
from directory.outbox.rules import OutboxState
from directory.outbox.transports.made_up import is_made_up
from tests.unit.outbox.made import SetClock, Told, plain, put_in_many


@pytest.mark.parametrize(
    "address", ["office@harbour.example", "office@mail.harbour.EXAMPLE", "someone@localhost", "x@a.test"]
)
def test_made_up_addresses_are_let_through(address: str) -> None:
    assert is_made_up(address)


@pytest.mark.parametrize(
    "address",
    [
        "info@harbour.org.uk",
        "info@example.com",
        "office@harbour.example.org",
        "info@harbour.example@gmail.com",
        "x",
        "",
    ],
)
def test_all_others_are_not(address: str) -> None:
    assert not is_made_up(address)


@pytest.mark.parametrize("development", [True, False])
def test_delivering_in_development_refuses_everybody_else(own_engine: Engine, tmp_path, development) -> None:
    put_in_many(own_engine, ["office@harbour.example", f"info-{uuid4().hex}@harbour.org.uk"])
    settings = Settings(
        secret_key="s" * 40, mail_transport=MailTransport.FILE, mail_folder=tmp_path, development=development
    )
    with sessionmaker(own_engine)() as session:
        report = deliver_due(session, settings, plain, Told(), SetClock())
    written = "".join(file.read_text(encoding="utf-8") for file in tmp_path.glob("*.eml"))
    assert "office@harbour.example" in written
    assert ("harbour.org.uk" in written) is not development
    assert report.done[OutboxState.REFUSED] == (1 if development else 0)
