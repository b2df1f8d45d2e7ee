"""Making an email of what the outbox holds: read what it is about, choose the language, fill the templates."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, g, render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from directory.accounts.invitations import JOIN
from directory.checks.ladder import ladder_of
from directory.checks.links import CONTACT_CHANGE, UPDATE, LinkSigner
from directory.config import Settings
from directory.directory_revision import directory_revision
from directory.outbox.message import Email, MailKind
from directory.outbox.models import OutboxRow
from directory.outbox.transports.made_up import is_made_up
from directory.people.models import PersonRow
from directory.policy.defaults import defaults_of
from directory.policy.queries import current_policy
from directory.web.emails.loading import Addresses, Loader
from directory.web.emails.mail import Mail
from directory.web.kept import current_taxonomy
from directory.web.locale import ENGLISH, PUBLISHED, Language
from directory.web.names import Names
from directory.web.typed_text import isolated, plain

TOLD = "entry_changed"
"""The words for those who are told of a change that somebody else has sent."""
STAYED = "contact_stays"
"""The words for those who are told that an update contact stays who it is."""


class EmailWriter:
    """Writes the mails of the outbox; the `render` of its delivery.

    Links stand on the public origin of the settings: there is no request that could say another one.
    """

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app, self._settings = app, settings

    def __call__(self, session: Session, row: OutboxRow) -> Email | None:
        """The mail in words; None where there is nobody to send it to any more, or nothing to say.

        In development there is nobody whose address could be anybody's: changes are told to public addresses too.
        """
        person = session.get(PersonRow, row.person_id)
        if person is None or not person.email or (self._settings.development and not is_made_up(person.email)):
            return None
        language = language_of(row.language)
        with reading_in(self._app, language):
            mail = self._loader(session, row, language).mail()
            return None if mail is None else email_of(template_of(row), mail, person.email, language)

    def _loader(self, session: Session, row: OutboxRow, language: Language) -> Loader:
        revision = directory_revision(session)
        return Loader(
            session=session,
            row=row,
            names=Names(current_taxonomy(revision), language.code, revision),
            addresses=self._addresses(language),
            ladder=ladder_of(current_policy(session, defaults_of(self._settings))),
            reply=bool(self._settings.mail_reply_to),
        )

    def _addresses(self, language: Language) -> Addresses:
        keys = self._settings.link_keys
        return Addresses(
            origin=self._settings.public_origin,
            pages=self._app.url_map.bind(""),
            language=language.code,
            update=LinkSigner(keys, UPDATE),
            contact_change=LinkSigner(keys, CONTACT_CHANGE),
            join=LinkSigner(keys, JOIN),
        )


def template_of(row: OutboxRow) -> str:
    """The name that the three templates of a mail have in common."""
    if row.kind is MailKind.APPROVED and row.facts.get("to", "sender") != "sender":
        return TOLD
    if row.kind is MailKind.CONTACT_CHANGED and row.facts.get("agreed") == "no":
        return STAYED
    return row.kind.value


def language_of(code: str) -> Language:
    """The language that a mail is written in: the reader's, where we have words in it."""
    return next((language for language in PUBLISHED if language.code == code), ENGLISH)


@contextmanager
def reading_in(app: Flask, language: Language) -> Iterator[None]:
    """A context of the application of its own, in which all words are in this language."""
    with app.app_context():
        g.language = language.code
        yield


def email_of(name: str, mail: Mail, to: str, language: Language) -> Email:
    """Fill the templates of a mail; within `reading_in`."""
    subject = render_template(f"emails/{name}.subject.txt", language=language).strip()
    given = {"name": name, "mail": mail, "language": language, "subject": subject}
    isolate = isolated if language.direction == "rtl" else plain
    text = render_template("emails/layout.txt", isolate=isolate, **given)
    html = render_template("emails/layout.html", isolate=_marked, **given)
    return Email(subject=subject, text=_paragraphs(text), html=html, to=to, language=language.tag)


def _marked(words: str) -> Markup:
    return Markup("<bdi>{}</bdi>").format(plain(words))


def _paragraphs(text: str) -> str:
    """The text with at most one empty line between paragraphs, and none with spaces at its end."""
    lines: list[str] = []
    for line in (held.rstrip() for held in text.splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip() + "\n"
