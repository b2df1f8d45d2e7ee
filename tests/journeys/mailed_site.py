"""A site that mails over SMTP on this machine, with one entry that is due: what whole loops are tried on."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from flask import Flask
from sqlalchemy import Engine, inspect, text
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from directory import clock
from directory.checks.contacts import Mailbox as Contact
from directory.checks.contacts import add_contact
from directory.checks.keeping import day_of, set_due
from directory.config import MailSecurity, MailTransport
from directory.database import begin_writing
from directory.organisations.details import Phone
from directory.schema import upgrade_schema
from directory.web.extensions import db
from tests.factories import details, published, put_taxonomy, service
from tests.server import HOST
from tests.unit.outbox.mail_server import Mailbox, mail_server
from tests.web.conftest import settings, started

OFFICER = f"officer:{UUID(int=7)}"
ADDRESS = "office@harbour.example"


@dataclass(frozen=True, slots=True)
class Site:
    """The site with its mailbox, and its commands."""

    app: Flask
    origin: str
    mailbox: Mailbox

    def run(self, *words: str) -> str:
        """What a command says."""
        with self.app.app_context():
            result = self.app.test_cli_runner().invoke(args=words)
        assert result.exit_code == 0, result.output
        return result.output

    def dump(self) -> dict[str, list[str]]:
        """Everything in the database."""
        with self.app.app_context(), db.engine.connect() as connection:
            tables = inspect(db.engine).get_table_names()
            return {name: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{name}"')))) for name in tables}

    def newest_link(self) -> str:
        """The link in the newest mail: alone on its line."""
        message = self.mailbox.messages[-1]
        assert message["To"] == ADDRESS
        body = message.get_body(("plain",))
        assert body is not None
        (line,) = re.findall(rf"^{self.origin}(/u/\S+)\r?$", body.get_content(), re.MULTILINE)
        return str(line)


def due_today(engine: Engine) -> None:
    """One entry, with an update contact, due today."""
    upgrade_schema(engine)
    with Session(engine) as session:
        begin_writing(session)
        put_taxonomy(session)
        advice = service(phones=(Phone(number="+442084891000"),), kinds=("helpline",))
        identity = published(session, details(advice, name="Harbour Advice"))
        contact = Contact(email=ADDRESS, language="en")
        add_contact(session, identity, contact, by=OFFICER, now=clock.now())
        set_due(session, identity, day_of(clock.now()), by=OFFICER, now=clock.now())
        session.commit()


@contextmanager
def mailed_site(url: str, folder: Path) -> Iterator[Site]:
    """The site over a database that `due_today` has filled."""
    mailbox = Mailbox()
    with mail_server(mailbox) as smtp_port, socket.create_server((HOST, 0)) as listener:
        port = listener.getsockname()[1]
        origin = f"http://{HOST}:{port}"
        given = replace(
            settings(url, folder / "index"),
            public_origin=origin,
            development=True,  # mail leaves at any time of day, to made-up addresses alone
            mail_transport=MailTransport.SMTP,
            mail_from="directory@council.example",
            smtp_host=HOST,
            smtp_port=smtp_port,
            smtp_security=MailSecurity.NONE,
            websites_each_tick=0,
        )
        for app in started(given, indexed=True):
            server = make_server(HOST, port, app, threaded=True, fd=listener.fileno())
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            yield Site(app, origin, mailbox)
            server.shutdown()
            thread.join()
            server.server_close()
