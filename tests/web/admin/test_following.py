"""When very many entries follow a term, nobody waits for the search: the next tick tells it."""

from directory.taxonomy.operations import word_term
from directory.taxonomy.rules import TermWords
from directory.taxonomy.terms import TermKind
from directory.web.admin.taxonomy.following import AT_ONCE, follow
from directory.web.searching import search_engine
from tests.factories import NOW
from tests.web.admin.desk import Desk


def known_name(desk: Desk) -> str:
    """What the index knows a kind of service by."""
    with desk.app.app_context():
        return search_engine().index.state().vocabulary.written["kind:report"]


def test_the_search_is_told_at_once_of_few_and_later_of_very_many(desk: Desk) -> None:
    desk.catch_up()
    with desk.writing() as session:
        word_term(session, TermKind.KIND, "report", "en", TermWords(name="Zanzibar"), by="officer:1", now=NOW)
    with desk.app.app_context():
        follow(AT_ONCE + 1)
    assert known_name(desk) == "Report/"
    with desk.app.app_context():
        follow(AT_ONCE)
    assert known_name(desk) == "Zanzibar/"
