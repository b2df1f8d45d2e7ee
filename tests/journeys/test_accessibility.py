"""Every page, on a phone and on a computer, left to right and right to left, is one that everyone can use."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.addresses import EVERY_SAMPLE, Sample
from tests.journeys.looking_over import AXE, SMALL_TARGETS, SMALLEST_TARGET, TOO_WIDE, faults, look_over, measure
from tests.journeys.visitor import PHONE, Visitor
from tests.server import Server

EVERY = [
    (sample, code, page + language)
    for page, sample in enumerate(EVERY_SAMPLE)
    for language, code in enumerate(("en", "ar"))
]


@pytest.fixture(scope="module")
def reader(browser: Browser, server: Server) -> Iterator[Visitor]:
    """One visitor for all these pages, with axe at hand."""
    visitor = Visitor(browser, server.origin)
    visitor.context.add_init_script(path=AXE)
    yield visitor
    visitor.leave()


@pytest.mark.parametrize(
    ("sample", "code", "number"), EVERY, ids=[f"{sample.name}-{code}" for sample, code, _ in EVERY]
)
def test_everyone_can_use_the_page(reader: Visitor, sample: Sample, code: str, number: int) -> None:
    assert reader.open(sample.in_language(code)).status == sample.status
    look_over(reader, number)


def test_unfolded_parts_are_usable_too(reader: Visitor) -> None:
    for path in ("/search", "/organisations/metropolitan-police", "/ar/search"):
        reader.page.set_viewport_size(PHONE)
        reader.open(path)
        reader.page.evaluate("() => document.querySelectorAll('details').forEach(each => each.open = true)")
        measure(reader)
        assert faults(reader) == []


def test_the_checks_find_what_is_wrong(reader: Visitor) -> None:
    """A check that finds nothing on a bad page would find nothing anywhere."""
    reader.page.set_viewport_size(PHONE)
    reader.open("/")
    reader.page.evaluate(
        """() => document.querySelector('main').insertAdjacentHTML('beforeend',
          '<img src="/static/icon.svg"><div><button aria-label="x"></button></div><pre>' + 'wide'.repeat(200) + '</pre>')"""
    )
    reader.page.evaluate(
        """() => {
          const button = document.querySelector('main button:last-of-type[aria-label=x]')
          for (const side of ['width', 'height']) button.style[side] = '10px'
          for (const side of ['padding', 'border']) button.style[side] = '0'
        }"""
    )
    assert [fault for fault in faults(reader) if fault.startswith("image-alt")]
    assert reader.page.evaluate(SMALL_TARGETS, SMALLEST_TARGET)
    assert reader.page.evaluate(TOO_WIDE)
