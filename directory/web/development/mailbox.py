"""The mailbox of development: what would have been mailed, with its links to open."""

from http import HTTPStatus

from flask import abort

from directory.web.development.blueprint import development
from directory.web.development.letters import LetterNotFound, letter_of, letters
from directory.web.extensions import current_settings
from directory.web.templating import render


@development.get("/mailbox")
def mailbox() -> str:
    """All mails, the newest first."""
    settings = current_settings()
    found = letters(settings.mail_folder, settings.public_origin)
    return render("development/mailbox.html", letters=found, folder=settings.mail_folder)


@development.get("/mailbox/<reference>")
def letter(reference: str) -> str:
    """One mail: its text with links, and its HTML as source, so that nothing of it can act."""
    settings = current_settings()
    try:
        found = letter_of(settings.mail_folder, reference, settings.public_origin)
    except LetterNotFound:
        abort(HTTPStatus.NOT_FOUND)
    return render("development/letter.html", letter=found)
