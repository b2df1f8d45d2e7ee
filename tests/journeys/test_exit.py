"""Exit this page: by click, by keyboard, by Shift; at once; and what Back shows afterwards, which is nothing."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from directory.web.templating import EXIT_URL
from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import ELSEWHERE, Visitor

Exit = Callable[[Visitor], None]

COVERED_WITHIN = 100
"""Milliseconds from the press to the first frame that shows nothing of the page."""
TRIES = 12
"""At most: a busy machine only adds, so one press that is fast enough shows it."""
DRAWN = """[...document.querySelectorAll('*')]
  .filter(element => element.checkVisibility())
  .map(element => element.outerHTML.slice(0, 80))"""
"""Everything that the browser draws of the page."""
WATCH = f"""() => {{
  let pressed = 0
  const press = event => {{ pressed = event.timeStamp }}
  window.addEventListener('click', press, true)
  window.addEventListener('keyup', press, true)
  new MutationObserver((_, observer) => {{
    if (getComputedStyle(document.documentElement).display === 'none') {{
      observer.disconnect()
      requestAnimationFrame(() => console.info(JSON.stringify({{
        milliseconds: performance.now() - pressed, drawn: {DRAWN}, title: document.title
      }})))
    }}
  }}).observe(document.documentElement, {{ attributes: true }})
}}"""
"""Tells how long after the press the first empty frame of the page is drawn, and what can be seen of it then."""


def click(visitor: Visitor) -> None:
    visitor.page.locator(".safety-bar__exit").click(no_wait_after=True)


def press_enter_on_the_first_link(visitor: Visitor) -> None:
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")


def press_shift_three_times(visitor: Visitor) -> None:
    for _ in range(3):
        visitor.page.keyboard.press("Shift")


def wait_for_the_end(visitor: Visitor) -> None:
    """Wait until no more of the page will come; by the clock, since an empty page draws no frames."""
    visitor.page.wait_for_function("() => document.readyState === 'complete'", polling=50)


WAYS = pytest.mark.parametrize("leave", [click, press_enter_on_the_first_link, press_shift_three_times])


def leave_from(visitor: Visitor, leave: Exit) -> None:
    leave(visitor)
    visitor.page.wait_for_url(EXIT_URL)
    expect(visitor.page.locator("h1")).to_have_text("Weather")


@WAYS
@pytest.mark.parametrize("path", ["/", "/search?kind=report", "/organisations/galop", "/nowhere"])
def test_every_way_out_leads_to_the_weather_from_every_sort_of_page(visitor: Visitor, path: str, leave: Exit) -> None:
    visitor.open(path)
    leave_from(visitor, leave)


def test_the_way_out_is_the_first_thing_that_the_keyboard_reaches(visitor: Visitor) -> None:
    for path in ("/", "/search", "/organisations/galop", "/report", "/nowhere"):
        visitor.open(path)
        visitor.page.keyboard.press("Tab")
        focused = visitor.page.locator(":focus")
        expect(focused).to_have_text("Exit this page")
        expect(focused).to_be_in_viewport()
        assert focused.get_attribute("href") == EXIT_URL


def test_the_way_out_and_the_emergency_number_stay_in_sight(visitor: Visitor) -> None:
    visitor.open("/search")
    visitor.page.locator("footer").scroll_into_view_if_needed()
    expect(visitor.page.locator(".safety-bar__exit")).to_be_in_viewport(ratio=1)
    expect(visitor.page.locator("[data-exit-bar] a[href='tel:999']")).to_be_in_viewport(ratio=1)


@WAYS
def test_the_page_is_covered_at_once_even_when_the_other_site_is_slow(visitor: Visitor, leave: Exit) -> None:
    waiting: list[Route] = []

    def wait(route: Route) -> None:
        waiting.append(route)

    visitor.context.route(EXIT_URL, wait)  # it does not answer until the page has told what it showed
    taken: list[float] = []
    while len(taken) < TRIES and min(taken, default=COVERED_WITHIN) >= COVERED_WITHIN:
        visitor.open("/search?kind=report")
        visitor.page.evaluate(WATCH)
        with (
            visitor.page.expect_request(EXIT_URL),
            visitor.page.expect_console_message(lambda message: message.type == "info") as told,
        ):
            leave(visitor)
        covered = json.loads(told.value.text)
        assert (covered["drawn"], covered["title"]) == ([], "")
        taken.append(covered["milliseconds"])
        while not waiting:
            visitor.page.wait_for_timeout(10)  # lets the request arrive here
        waiting.pop().fulfill(body=ELSEWHERE, content_type="text/html")
        visitor.page.wait_for_url(EXIT_URL)
    assert min(taken) < COVERED_WITHIN, taken


@WAYS
def test_after_leaving_back_shows_nothing_however_often(visitor: Visitor, leave: Exit) -> None:
    visitor.open("/")
    visitor.search("somebody shouted at me on the bus")
    visitor.follow(visitor.results.locator("h2 a").first)
    leave_from(visitor, leave)
    for _ in range(3):
        visitor.page.go_back(wait_until="commit")
        if visitor.page.url.startswith(visitor.origin):
            wait_for_the_end(visitor)
        assert visitor.text == "", visitor.page.url
        assert visitor.page.title() == ""


def test_back_after_leaving_goes_through_our_pages_and_finds_nothing_in_them(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.search("somebody shouted at me on the bus")
    visitor.follow(visitor.results.locator("h2 a").first)
    leave_from(visitor, click)
    passed = []
    for _ in range(2):
        visitor.page.go_back(wait_until="commit")
        wait_for_the_end(visitor)
        passed.append(visitor.page.url.removeprefix(visitor.origin))
        assert visitor.page.evaluate(DRAWN) == [], visitor.page.url
    assert re.match(r"/search\?s=", passed[0])
    assert passed[1] == "/"


def test_who_comes_back_on_purpose_sees_the_site_again(visitor: Visitor) -> None:
    visitor.open("/")
    leave_from(visitor, click)
    visitor.open("/")
    assert "Find help" in visitor.text
    visitor.follow(visitor.page.locator("nav a[href='/report']"))
    assert visitor.page.url.endswith("/report")
    visitor.page.go_back()
    assert "Find help" in visitor.text


def test_shift_with_a_letter_is_writing_and_does_not_leave(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.page.locator("#q").focus()
    for key in ("Shift+H", "Shift+E", "Shift+L", "Shift+P"):
        visitor.page.keyboard.press(key)
    assert visitor.page.locator("#q").input_value() == "HELP"
    assert visitor.page.url == f"{visitor.origin}/"
    expect(visitor.page.locator("[data-exit-lights]")).to_be_hidden()


def test_each_press_of_shift_is_told_to_eyes_and_ears(visitor: Visitor) -> None:
    visitor.open("/")
    speaker, lights = visitor.page.locator("[data-exit-speaker]"), visitor.page.locator("[data-exit-lights] .is-on")
    visitor.page.keyboard.press("Shift")
    expect(speaker).to_have_text("Shift, press 2 more times to exit.")
    expect(lights).to_have_count(1)
    visitor.page.keyboard.press("Shift")
    expect(speaker).to_have_text("Shift, press 1 more time to exit.")
    expect(lights).to_have_count(2)


def test_presses_of_shift_that_are_far_apart_do_not_add_up(visitor: Visitor) -> None:
    visitor.page.clock.install()
    visitor.open("/")
    for _ in range(2):
        visitor.page.keyboard.press("Shift")
    visitor.page.clock.run_for(6_000)
    expect(visitor.page.locator("[data-exit-speaker]")).to_have_text("Exit this page expired.")
    visitor.page.keyboard.press("Shift")
    expect(visitor.page.locator("[data-exit-lights] .is-on")).to_have_count(1)
    assert visitor.page.url == f"{visitor.origin}/"


def test_without_javascript_the_way_out_leaves(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(java_script_enabled=False)
    visitor.open("/organisations/galop")
    leave_from(visitor, click)
    visitor.open("/search")
    leave_from(visitor, press_enter_on_the_first_link)
