"""The words of mails, for the commands that send them."""

from typing import cast

from flask import Flask, current_app

from directory.outbox.delivery import Render


def init_mailing(app: Flask, words: Render) -> None:
    """Say who makes the words of this application's mails."""
    app.extensions["mail words"] = words


def mail_words() -> Render:
    """Who makes the words of this application's mails."""
    return cast(Render, current_app.extensions["mail words"])
