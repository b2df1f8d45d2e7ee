"""What a page must be for everyone: nothing that axe finds, no target too small, no scrolling sideways."""

import os

from playwright.sync_api import ViewportSize

from directory.config import ROOT
from tests.journeys.visitor import COMPUTER, PHONE, TABLET, Visitor

SOAK = bool(os.environ.get("SOAK"))
SCREENS: tuple[ViewportSize, ...] = (PHONE, COMPUTER, *([TABLET] if SOAK else []))
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


def look_over(visitor: Visitor, number: int) -> None:
    """Measure the page that the visitor has open at every width, and let axe look at it.

    Axe takes its time: it looks at one width of each page, by turns of the pages' numbers, and with `SOAK=1` at all.
    """
    for screen in SCREENS:
        visitor.page.set_viewport_size(screen)
        measure(visitor)
        if SOAK or screen is SCREENS[number % 2]:
            found = faults(visitor)
            assert found == [], found


def measure(visitor: Visitor) -> None:
    """No target is too small, and nothing too wide, as the page is now."""
    for found in (visitor.page.evaluate(SMALL_TARGETS, SMALLEST_TARGET), visitor.page.evaluate(TOO_WIDE)):
        assert found == [], found


def faults(visitor: Visitor) -> list[str]:
    """What axe finds on the page as it is now; the visitor has brought axe."""
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]}: {node['failureSummary']}"
        for rule in visitor.page.evaluate(RUN_AXE, RULES)
        for node in rule["nodes"]
    ]
