"""Keeping an answer: in one transaction, and then in the search, so that the public sees at once what follows."""

from collections.abc import Sequence

from werkzeug.wrappers import Response

from directory import clock
from directory.changes.answers import answer_all_correct
from directory.checks.answers import RightPerson, record_answer
from directory.checks.rules import AnswerKind
from directory.web.searching import tell_the_search
from directory.web.transaction import transaction
from directory.web.update.blueprint import link_id, to_answer


def keep_answer(
    kind: AnswerKind, *, name: str, role: str, sections: Sequence[str] = (), right_person: RightPerson | None = None
) -> Response:
    """Keep the answer and lead to the page that says so. Raises NotAllCorrect for "all correct" while they wait."""
    with transaction() as session:
        if kind is AnswerKind.ALL_CORRECT:
            answer_all_correct(session, link_id(), name=name, role=role, now=clock.now())
        else:
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
