"""What somebody typed into a form that cannot be taken: shown once more, so that it can be copied."""

from dataclasses import dataclass

from flask import request

from directory.web.plain_form import tidy

SECRET = frozenset({"code", "csrf_token", "current", "passphrase"})
"""Fields that are never shown again."""
LONGEST_CHOICE = 20
"""What is shorter, and without a space, is a choice or a number: easily made again, and only in the way."""


@dataclass(frozen=True, slots=True)
class LostText:
    """A text of some length, and the name of its field."""

    name: str
    text: str


def lost_texts() -> tuple[LostText, ...]:
    """The texts of the form that was sent, in its order."""
    sent = ((name, tidy(text)) for name, text in request.form.items(multi=True) if name not in SECRET)
    return tuple(LostText(_words(name), text) for name, text in sent if " " in text or len(text) > LONGEST_CHOICE)


def _words(name: str) -> str:
    return name.replace("-", " ").replace("_", " ").replace(".", " ").strip().capitalize()
