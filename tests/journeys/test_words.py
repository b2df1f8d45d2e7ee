"""A manager teaches the search a word, in a browser: tried first, by the keyboard; and everyone can use the pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory.database import begin_writing
from directory.lexicon.loading import LexiconFile, put_lexicon
from directory.lexicon.queries import kept_groups
from directory.lexicon.rules import WordGroup
from directory.web.extensions import db
from tests.databases import Databases
from tests.journeys.looking_over import AXE, look_over
from tests.journeys.mailed_site import Site, mailed_site
from tests.journeys.test_desk import press, sign_in, with_an_officer
from tests.journeys.visitor import COMPUTER, Visitor

TALK = WordGroup(language="en", words=("somebody to listen",), means=("kind:helpline",))


def with_words(engine: Engine) -> None:
    """An officer, an entry, and words of two languages."""
    with_an_officer(engine)
    with Session(engine) as session:
        begin_writing(session)
        files = (
            LexiconFile(language="en", reviewed=True, groups=(TALK,)),
            LexiconFile(language="ar", reviewed=False, groups=()),
        )
        put_lexicon(session, files)
        session.commit()


@pytest.fixture
def site(databases: Databases, tmp_path: Path) -> Iterator[Site]:
    with mailed_site(databases.filled(with_words), tmp_path) as site:
        yield site


def test_a_word_is_tried_then_saved_then_understood(site: Site, browser: Browser) -> None:
    manager, reader = (Visitor(browser, site.origin, viewport=COMPUTER, java_script_enabled=False) for _ in range(2))
    sign_in(manager)
    manager.open("/desk/lexicon/en/new")
    manager.page.get_by_label("Words and phrases").fill("an open ear")
    manager.page.get_by_text("Kinds of service").click()
    manager.page.get_by_label("Helpline", exact=True).check()
    manager.page.get_by_label("What somebody could type").fill("I want an open ear")
    with manager.page.expect_navigation():
        manager.page.keyboard.press("Enter")
    assert "With your change" in manager.text
    assert "Helpline (an open ear)" in manager.text
    reader.open("/")
    reader.search("an open ear")
    assert "You said" not in reader.text
    press(manager, "Save")
    assert "The search understands them now" in manager.text
    reader.open("/")
    reader.search("an open ear")
    assert reader.names == ["Harbour Advice"]
    assert "Helpline" in reader.text
    manager.leave()
    reader.leave()


def test_everyone_can_use_the_pages_of_terms_and_words(site: Site, browser: Browser) -> None:
    manager = Visitor(browser, site.origin)
    manager.context.add_init_script(path=AXE)
    sign_in(manager)
    with site.app.app_context():
        (kept,) = kept_groups(db.session(), "en")
    term, words = "/desk/taxonomy/kind/counselling", "/desk/lexicon/en"
    pages = (
        "/desk/taxonomy",
        "/desk/taxonomy/ground",
        "/desk/taxonomy/area/new",
        "/desk/taxonomy/ground/religion/words/ar",
        *(f"{term}{more}" for more in ("", "/merge", "/merge?into=helpline", "/retire")),
        *(f"{words}{more}" for more in ("", "/new", f"/{kept.id}", "?words=nothing")),
        "/desk/lexicon",
    )
    for number, page in enumerate(pages):
        manager.open(page)
        look_over(manager, number)
    manager.page.get_by_label("What somebody could type").fill("somebody to listen")
    press(manager, "Try it")
    look_over(manager, len(pages))
    manager.leave()
