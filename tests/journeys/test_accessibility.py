"""Every page, on a phone and on a computer, left to right and right to left: axe, sizes of targets, no sideways scrolling."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from directory.config import ROOT
from tests.journeys.addresses import Sample, every_sample
from tests.journeys.visitor import COMPUTER, PHONE, Visitor
from tests.server import Server

AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = "rules => axe.run(document, { runOnly: rules, resultTypes: ['violations'] }).then(found => found.violations)"

SMALLEST_TARGET = 24
SMALL_TARGETS = """smallest => {
  const targets = 'a[href], button, input:not([type=hidden]), select, textarea, summary'
  const inSentence = element => {
    const words = [...element.parentElement.childNodes].filter(node => node.nodeType === Node.TEXT_NODE)
    return getComputedStyle(element).display === 'inline' && words.some(node => node.data.trim())
  }
  const size = element => {
    const boxes = [element, ...(element.labels || [])].map(part => part.getBoundingClientRect())
    const [top, left] = [Math.min(...boxes.map(box => box.top)), Math.min(...boxes.map(box => box.left))]
    const [bottom, right] = [Math.max(...boxes.map(box => box.bottom)), Math.max(...boxes.map(box => box.right))]
    return Math.min(bottom - top, right - left)
  }
  return [...document.querySelectorAll(targets)]
    .filter(element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter(element => !element.closest('.govuk-visually-hidden, .govuk-skip-link') && !inSentence(element))
    .filter(element => size(element) < smallest - 0.01)
    .map(element => `${size(element).toFixed(1)}: ${element.outerHTML.slice(0, 160)}`)
}"""
"""The targets that are smaller than they should be. A link in a sentence may be as high as its line."""

TOO_WIDE = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] : [
  `${document.scrollingElement.scrollWidth} px`,
  ...[...document.querySelectorAll('body *')]
    .filter(element => element.getBoundingClientRect().right > innerWidth + 1 || element.getBoundingClientRect().left < -1)
    .map(element => element.outerHTML.slice(0, 120))
    .slice(0, 5),
]"""
"""What makes the page wider than the screen."""


@pytest.fixture(scope="module")
def reader(browser: Browser, server: Server) -> Iterator[Visitor]:
    """One visitor for all these pages, with axe at hand."""
    visitor = Visitor(browser, server.origin)
    visitor.context.add_init_script(path=AXE)
    yield visitor
    visitor.leave()


@pytest.mark.parametrize("screen", [PHONE, COMPUTER], ids=["phone", "computer"])
@pytest.mark.parametrize(("sample", "code"), every_sample("en", "ar"), ids=lambda value: getattr(value, "name", value))
def test_everyone_can_use_the_page(reader: Visitor, sample: Sample, code: str, screen: Any) -> None:
    reader.page.set_viewport_size(screen)
    assert reader.open(sample.in_language(code)).status == sample.status
    found = reader.page.evaluate(RUN_AXE, RULES)
    faults = [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
    assert faults == []
    assert reader.page.evaluate(SMALL_TARGETS, SMALLEST_TARGET) == []
    assert reader.page.evaluate(TOO_WIDE) == []


def test_unfolded_parts_are_usable_too(reader: Visitor) -> None:
    for path in ("/search", "/organisations/metropolitan-police", "/ar/search"):
        reader.page.set_viewport_size(PHONE)
        reader.open(path)
        reader.page.evaluate("() => document.querySelectorAll('details').forEach(each => each.open = true)")
        assert [rule["id"] for rule in reader.page.evaluate(RUN_AXE, RULES)] == []
        assert reader.page.evaluate(SMALL_TARGETS, SMALLEST_TARGET) == []
        assert reader.page.evaluate(TOO_WIDE) == []


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
    assert "image-alt" in [rule["id"] for rule in reader.page.evaluate(RUN_AXE, RULES)]
    assert reader.page.evaluate(SMALL_TARGETS, SMALLEST_TARGET)
    assert reader.page.evaluate(TOO_WIDE)
