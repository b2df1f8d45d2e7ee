"""The lexicon on the desk: words found, tried, added, changed, removed and brought back; and the search that follows."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from directory.lexicon.loading import LexiconFile, put_lexicon
from directory.lexicon.queries import KeptGroup, kept_group, kept_groups, lexicon_languages
from directory.lexicon.rules import WordGroup
from directory.search.criteria import SearchCriteria
from directory.web.extensions import db
from directory.web.searching import search_engine
from tests.factories import NOW, details, published, service
from tests.page import Page
from tests.web.admin.desk import Desk
from tests.web.hostile import SCRIPTS

MOST_QUERIES = 15
TALK = WordGroup(language="en", words=("somebody to listen", "lonel*"), means=("kind:counselling",))
KEMAL = WordGroup(language="tr", words=("ırkçı*",), means=("ground:race",), english="racist")


@pytest.fixture(scope="module", autouse=True)
def _words(desk: Desk) -> None:
    with desk.writing() as session:
        published(session, details(service(kinds=("counselling",)), name="Open Ear"), slug="open-ear")
        published(session, details(service(kinds=("report",)), name="Report Line"), slug="report-line")
        files = [LexiconFile(language=group.language, reviewed=False, groups=(group,)) for group in (TALK, KEMAL)]
        put_lexicon(session, files)
    desk.catch_up()


@pytest.fixture
def word() -> str:
    """A word that no other test types."""
    return f"quillo{uuid4().hex[:8].translate(str.maketrans('0123456789', 'ghijklmnop'))}"


@pytest.fixture
def kept(desk: Desk, word: str) -> KeptGroup:
    """A group of this test alone."""
    send(desk, "en/new", words=word, means="kind:counselling", english="")
    with desk.app.app_context():
        return next(kept for kept in kept_groups(db.session(), "en") if kept.group.words == (word,))


def now(desk: Desk, identity: UUID) -> KeptGroup:
    with desk.app.app_context():
        return kept_group(db.session(), identity)


def send(desk: Desk, address: str, *, status: int = 303, **typed: object) -> Page:
    answer = desk.manager.post(f"/desk/lexicon/{address}", status=status, data=typed)
    return desk.manager.get(answer.headers["Location"]) if status == 303 else Page(f"/desk/lexicon/{address}", answer)


def understood(desk: Desk, words: str) -> list[str]:
    with desk.app.app_context():
        results = search_engine().search(SearchCriteria(words=words), NOW)
    return [f"{found.kind}:{found.code}" for found in results.understood]


def answers(page: Page) -> list[str]:
    return [
        " ".join("".join(answer.itertext()).split()) for answer in page.all("section", class_="search-tried__answer")
    ]


@contextmanager
def counted(desk: Desk) -> Iterator[list[str]]:
    asked: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    with desk.app.app_context():
        event.listen(db.engine, "before_cursor_execute", count)
        try:
            yield asked
        finally:
            event.remove(db.engine, "before_cursor_execute", count)


def test_the_languages_lead_to_their_words(desk: Desk) -> None:
    page = desk.viewer.get("/desk/lexicon")
    assert page.link("Tr") == "/desk/lexicon/tr"
    page = desk.viewer.get("/desk/lexicon/tr")
    assert "1 group" in page.main
    assert "Race; search for “racist” too" in page.main
    assert "Add words" not in page.links()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"words": "LISTEN"}, "1 group"),
        ({"words": "kayak"}, "No words fit."),
        ({"means": "kind:counselling", "words": "listen"}, "1 group"),
        ({"means": "kind:report", "words": "listen"}, "No words fit."),
        ({"means": "x", "page": "x", "removed": "x"}, "No words fit."),
    ],
)
def test_words_are_found_by_a_part_and_by_their_meaning(desk: Desk, asked: dict[str, str], found: str) -> None:
    assert found in desk.viewer.get("/desk/lexicon/en", query_string=asked).main


def test_what_has_no_words_yet_leads_to_adding_them(desk: Desk) -> None:
    page = desk.manager.get(desk.manager.get("/desk/lexicon/tr").link("Legal_Advice"))
    assert page.heading == "Add words in Tr"
    chosen = [box.attrib["value"] for box in page.all("input", type="checkbox") if "checked" in box.attrib]
    assert chosen == ["kind:legal_advice"]


def test_new_words_are_understood_at_once(desk: Desk, word: str) -> None:
    page = send(
        desk, "en/new", words=f" {word.upper()} \r\n\r\n{word}", means=["", "kind:counselling"], english="Help!"
    )
    assert "The words are added." in page.main
    assert understood(desk, word) == ["kind:counselling"]
    assert "Open Ear" in desk.pages.get("/search", query_string={"q": word}).main


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"words": ""}, "Write at least one word or phrase"),
        ({"words": "a*b"}, "In “a*b” the star must stand at the end of a word"),
        ({"words": "??"}, "“??” has no letters"),
        ({"words": "lonel*"}, "“lonel*” is there already with this meaning"),
        ({"words": "\n".join(f"{letter}*" for letter in "abcde")}, "And 2 more like this"),
        ({"words": "x" * 81}, "is longer than 80 characters"),
        ({"means": "", "english": ""}, "Choose what they mean"),
        ({"means": "kind:magic"}, "Choose from the list"),
        ({"english": "x" * 201}, "Write no more than 200 characters"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    desk: Desk, typed: dict[str, str], words: str
) -> None:
    given = {"words": "grief", "means": "kind:counselling", "english": "loss", "try": "my grief", **typed}
    page = send(desk, "en/new", status=422, **given)
    assert words in page.main
    assert page.title.startswith("Error: ")
    assert "".join(page.one("textarea", id="words").itertext()).strip() == given["words"]
    assert page.one("input", id="english").attrib["value"] == given["english"]
    assert page.one("input", id="try").attrib["value"] == "my grief"
    assert understood(desk, "grief") == []


def test_words_are_changed_and_the_search_follows(desk: Desk, kept: KeptGroup, word: str) -> None:
    page = send(desk, f"en/{kept.id}", words=f"{word}*", means="kind:report", english="tell", version="1")
    assert "Saved." in page.main
    assert now(desk, kept.id).group == WordGroup(
        language="en", words=(f"{word}*",), means=("kind:report",), english="tell"
    )
    assert understood(desk, f"{word}ing") == ["kind:report"]


def test_what_somebody_else_changed_meanwhile_is_shown_and_not_overwritten(
    desk: Desk, kept: KeptGroup, word: str
) -> None:
    send(desk, f"en/{kept.id}", words=f"{word} theirs", means="kind:report", version="1")
    page = send(desk, f"en/{kept.id}", status=409, words=f"{word} mine", means="kind:report", version="1")
    assert "Somebody else has just changed these words." in page.main
    assert f"{word} theirs" in page.main
    assert "".join(page.one("textarea", id="words").itertext()).strip() == f"{word} mine"
    version = page.all("input", name="version")[0].attrib["value"]
    send(desk, f"en/{kept.id}", words=f"{word} mine", means="kind:report", version=version)
    assert now(desk, kept.id).group.words == (f"{word} mine",)
    for act in ("remove", "return"):
        assert "Somebody else was faster." in send(desk, f"en/{kept.id}/{act}", status=409, version="1").main


def test_words_are_removed_and_brought_back(desk: Desk, kept: KeptGroup, word: str) -> None:
    page = send(desk, f"en/{kept.id}/remove", version="1")
    assert "The words are removed." in page.main
    assert understood(desk, word) == []
    page = desk.manager.get("/desk/lexicon/en", query_string={"removed": "1", "words": word})
    page = desk.manager.get(page.link(word))
    assert "These words were removed." in page.main
    assert not page.all("textarea")
    page = send(desk, f"en/{kept.id}/return", version="2")
    assert "The search understands the words again." in page.main
    assert understood(desk, word) == ["kind:counselling"]


def test_words_whose_place_was_taken_do_not_come_back(desk: Desk, kept: KeptGroup, word: str) -> None:
    """What a group said before is not held against it, but two words of one spelling are."""
    send(desk, f"en/{kept.id}/remove", version="1")
    assert send(desk, f"en/{kept.id}/return", version="2").status == HTTPStatus.OK


def test_a_change_is_tried_before_it_is_saved_and_nothing_is_kept(desk: Desk, kept: KeptGroup, word: str) -> None:
    typed = {"words": f"{word} ear", "means": "kind:report", "version": "1", "act": "try", "try": f"{word} ear"}
    page = send(desk, f"en/{kept.id}", status=200, **typed)
    before, after = answers(page)
    assert before.startswith("Now")
    assert "Counselling" in before
    assert after.startswith("With your change")
    assert "Report" in after
    assert "Report Line" in after
    assert "".join(page.one("textarea", id="words").itertext()).strip() == f"{word} ear"
    assert now(desk, kept.id) == kept
    assert understood(desk, f"{word} ear") == ["kind:counselling"]
    page = send(desk, f"en/{kept.id}", status=200, **typed | {"try": "nothing of ours"})
    assert "Your change makes no difference for these words." in page.main
    assert answers(send(desk, f"en/{kept.id}", status=200, **typed | {"try": ""})) == []


def test_new_words_are_tried_too(desk: Desk, word: str) -> None:
    page = send(desk, "en/new", status=200, words=word, means="kind:report", act="try", **{"try": word})
    assert ["Understood as" in answer for answer in answers(page)] == [False, True]
    assert understood(desk, word) == []


def test_anybody_at_the_desk_may_try_a_search(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    typed = {"try": "somebody to listen zanzibar", "reader": "en"}
    page = Page("/desk/lexicon", desk.viewer.post("/desk/lexicon", status=200, data=typed))
    (answer,) = answers(page)
    assert "Counselling (somebody to listen)" in answer
    assert "Open Ear" in answer
    assert "zanzibar" not in caplog.text
    page = Page("/desk/lexicon", desk.viewer.post("/desk/lexicon", status=200, data={"try": " "}))
    assert "Write what somebody could search for" in page.main


def test_an_index_that_is_lost_is_made_anew_for_a_trial(desk: Desk) -> None:
    with desk.app.app_context():
        (search_engine().index.path / "current").unlink()
    page = Page("/desk/lexicon", desk.viewer.post("/desk/lexicon", status=200, data={"try": "listen", "reader": "xx"}))
    assert len(answers(page)) == 1


def test_a_language_is_marked_as_read_by_a_speaker(desk: Desk) -> None:
    page = send(desk, "tr/reviewed", reviewed="yes")
    assert "Yes." in page.main
    with desk.app.app_context():
        assert {held.language: held.reviewed for held in lexicon_languages(db.session())}["tr"]
    assert "Not yet." in send(desk, "tr/reviewed", reviewed="no").main


def test_a_viewer_sees_words_and_changes_none(desk: Desk, kept: KeptGroup, word: str) -> None:
    page = desk.viewer.get(f"/desk/lexicon/en/{kept.id}")
    assert word in page.main
    assert not page.all("textarea")
    desk.viewer.post(f"/desk/lexicon/en/{kept.id}", status=403, data={"words": "x", "version": "1"})


@pytest.mark.parametrize("address", ["xx", "xx/new", f"en/{UUID(int=9)}", "tr/{kept}"])
def test_what_is_not_there_has_no_page(desk: Desk, kept: KeptGroup, address: str) -> None:
    desk.manager.get(f"/desk/lexicon/{address.format(kept=kept.id)}", status=404)


def test_trust_21_posting_every_column_changes_what_the_form_lists_alone(
    desk: Desk, kept: KeptGroup, word: str
) -> None:
    columns = {"id": str(UUID(int=5)), "language": "tr", "position": "99", "removed": "yes", "edited_by": "seed"}
    send(desk, f"en/{kept.id}", words=word, means="kind:report", version="1", **columns)
    changed = now(desk, kept.id)
    assert (changed.group.language, changed.removed, changed.version) == ("en", False, 2)


def test_trust_18_hostile_words_are_only_ever_words(desk: Desk) -> None:
    for words in SCRIPTS:
        page = Page("/desk/lexicon", desk.viewer.post("/desk/lexicon", status=200, data={"try": words}))
        assert page.heading == "Search words"
        send(desk, "en/new", status=200, words=words, english=words, act="try", **{"try": words})
    send(desk, "en/new", words="\n".join(SCRIPTS).replace("*", "").lower()[:79], means="kind:report")
    desk.viewer.get("/desk/lexicon/en")


@pytest.mark.parametrize("address", ["", "/en", "/en/new", "/en/{kept}"])
def test_a_page_asks_few_questions_of_the_database(desk: Desk, kept: KeptGroup, address: str) -> None:
    address = f"/desk/lexicon{address.format(kept=kept.id)}"
    desk.manager.get(address)
    with counted(desk) as asked:
        desk.manager.get(address)
    assert 0 < len(asked) <= MOST_QUERIES
