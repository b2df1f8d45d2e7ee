"""Keeping an answer: in one transaction, and then in the search, so that the public sees at once what follows."""

import logging
from collections.abc import Sequence

from werkzeug.wrappers import Response

from directory import clock
from directory.checks.answers import RightPerson, record_answer
from directory.checks.rules import AnswerKind
from directory.web.extensions import db
from directory.web.searching import search_engine
from directory.web.transaction import transaction
from directory.web.update.blueprint import link_id, to_answer

logger = logging.getLogger(__name__)


def keep_answer(
    kind: AnswerKind, *, name: str, role: str, sections: Sequence[str] = (), right_person: RightPerson | None = None
) -> Response:
    """Keep the answer and lead to the page that says so."""
    with transaction() as session:
        record_answer(
            session,
            link_id(),
            kind=kind,
            name=name,
            role=role,
            sections=sections,
            right_person=right_person,
            now=clock.now(),
        )
    tell_the_search()
    return to_answer()


def tell_the_search() -> None:
    """Bring the search up to what was kept; where that cannot be done now, the next tick does it.

    Whatever goes wrong here, the answer is kept, and nobody may be told anything else.
    """
    try:
        search_engine().catch_up(db.session())
    except Exception:
        logger.exception("the search could not be told of an answer; the next tick does it")
