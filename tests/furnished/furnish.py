"""The whole of it, in plain words or in hostile ones."""

from itertools import cycle

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory import clock
from directory.database import begin_writing
from directory.web.plain_form import one_line, tidy
from tests.furnished.changes import furnish_changes
from tests.furnished.desk import furnish_desk
from tests.furnished.entries import furnish_entries
from tests.furnished.imports import furnish_imports
from tests.furnished.making import Words, making
from tests.web.admin.desk import officers
from tests.web.hostile import HOSTILE

LONGEST = 300
"""Characters of a hostile string that are typed: more than any line may have is refused everywhere."""
TYPED = tuple(
    dict.fromkeys(words for words in (one_line(tidy(string))[:LONGEST] for string in HOSTILE) if "\uffff" not in words)
)
"""Hostile strings as forms take them."""


def plain(engine: Engine) -> None:
    """Everything in plain words."""
    _furnish(engine, lambda words: words)


def hostile(engine: Engine) -> None:
    """Everything in hostile words, by turns."""
    strings = cycle([string for string in TYPED if string])
    _furnish(engine, lambda _words: next(strings))


def _furnish(engine: Engine, words: Words) -> None:
    officers(engine)
    with Session(engine) as session:
        begin_writing(session)
        begun = making(session, clock.now(), words)
        everything = furnish_entries(begun)
        furnish_changes(begun, everything)
        furnish_desk(begun, everything)
        session.commit()
        begin_writing(session)
        furnish_imports(begun, everything)
