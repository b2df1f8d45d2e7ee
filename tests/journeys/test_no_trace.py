"""Every public page in a browser: one origin, nothing kept, nothing complained of, the right headers on every answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Response

from directory import create_app
from directory.config import Settings
from directory.web.locale import BY_CODE
from directory.web.security import HEADERS, KEPT_FOR_GOOD, NOT_KEPT
from tests.journeys.addresses import EVERY_ROUTE, EVERY_SAMPLE, NO_PAGES, Sample
from tests.journeys.visitor import Visitor


@pytest.fixture
def application(database_url: str, tmp_path: Path) -> Flask:
    return create_app(Settings(secret_key="k" * 40, database_url=database_url, search_index=tmp_path))


def test_no_route_is_left_out(application: Flask) -> None:
    asked = {rule.endpoint for rule in application.url_map.iter_rules() if "GET" in (rule.methods or ())}
    for_anyone = {endpoint for endpoint in asked if endpoint.partition(".")[0] in {"public", "crawlers"}}
    assert for_anyone == {*EVERY_ROUTE, *NO_PAGES}


@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize("sample", EVERY_SAMPLE, ids=lambda sample: sample.name)
def test_a_page_asks_one_origin_and_keeps_nothing(reader: Visitor, sample: Sample, code: str) -> None:
    with answers_to(reader) as answers:
        assert reader.open(sample.in_language(code)).status == sample.status
        root = reader.page.locator("html")
        assert root.get_attribute("lang") == BY_CODE[code].tag
        assert root.get_attribute("dir") == BY_CODE[code].direction
        assert reader.foreign_requests() == []
        assert reader.kept() == []
        assert reader.page.evaluate("window.name") == ""
        assert len(answers) >= 3, "the page brings its script and its style sheet"
        for each in answers:
            check_headers(each)


@contextmanager
def answers_to(visitor: Visitor) -> Iterator[list[Response]]:
    """Everything that the site answers meanwhile."""
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    visitor.page.on("response", note)
    yield answers
    visitor.page.remove_listener("response", note)


def check_headers(answer: Response) -> None:
    """The headers of every answer, and of pages that nothing of them is kept."""
    headers = answer.all_headers()
    assert {name: headers.get(name.lower()) for name in HEADERS} == HEADERS, answer.url
    assert "set-cookie" not in headers, answer.url
    kept = KEPT_FOR_GOOD if "/static/" in answer.url else NOT_KEPT
    assert headers["cache-control"] == kept, answer.url


def test_a_whole_journey_leaves_nothing_behind(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.search("somebody shouted at me on the bus")
    visitor.page.locator("input[name=o]").first.check()
    visitor.follow(visitor.page.locator("#short-list button"))
    visitor.follow(visitor.page.locator(".short-list h2 a").first)
    assert visitor.kept() == []
    assert visitor.foreign_requests() == []


def test_our_own_pages_may_not_reach_out_even_if_something_slips_in(visitor: Visitor) -> None:
    """The policy is what holds when all else fails: the same page with a hostile script does nothing."""
    visitor.open("/")
    visitor.page.evaluate(
        """() => {
          const script = document.createElement('script')
          script.textContent = 'window.slipped = true'
          document.body.append(script)
          const picture = new Image()
          picture.src = 'https://elsewhere.example/'
        }"""
    )
    assert visitor.page.evaluate("window.slipped") is None
    assert visitor.page.evaluate("fetch('https://elsewhere.example/').catch(error => String(error))").startswith(
        "TypeError"
    )
    refused = [problem for problem in visitor.problems if "Content Security Policy" in problem]
    assert len(refused) >= 3
    visitor.problems = [problem for problem in visitor.problems if problem not in refused]  # "asked for …" would stay
