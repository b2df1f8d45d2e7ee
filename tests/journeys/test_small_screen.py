"""On the smallest phone: the first result's number can be tapped within two screens, without opening the entry."""

import json
from typing import Any

import pytest

from directory.config import ROOT
from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import PHONE, Visitor

TWO_SCREENS = 2 * PHONE["height"]
QUERIES = [query["q"] for query in json.loads((ROOT / "tests/search_quality/queries.json").read_text(encoding="utf-8"))]
OTHERS = [
    "help",
    "police",
    "attacked on the tube last night, i do not want to go to the police",
    "my son is bullied because of his skin colour and the school does nothing about it at all",
    "komşum bana bağırıyor",
    "جاري يصرخ علي لأني مسلم",
    "xqzvw qqqq",
]
FIRST_NUMBER = """() => {
  const first = document.querySelector('.results__list li.result')
  const link = first.querySelector('.result__ways a[href^="tel:"]')
  const box = link ? link.getBoundingClientRect() : { bottom: 0, height: 0 }
  return {
    slug: first.querySelector('h2 a').getAttribute('href').split('/').pop(),
    bottom: box.bottom + scrollY, height: box.height, seen: Boolean(link && link.checkVisibility()),
  }
}"""


@pytest.fixture
def caller(new_visitor: NewVisitor) -> Visitor:
    """Somebody with the smallest phone."""
    return new_visitor(viewport=PHONE, is_mobile=True, has_touch=True)


def has_voice_number(slug: str) -> bool:
    """Whether the seed knows a number of it that can be rung."""
    entry: dict[str, Any] = json.loads((ROOT / f"seed/organisations/{slug}.json").read_text(encoding="utf-8"))
    phones = [phone for service in entry["details"]["services"] for phone in service.get("phones", ())]
    return any(phone.get("kind", "voice") == "voice" for phone in phones)


@pytest.mark.parametrize("part", range(4))
def test_the_first_number_is_within_two_screens(caller: Visitor, part: int) -> None:
    far, rung = [], 0
    for query in [*QUERIES, *OTHERS][part::4]:
        caller.open("/search?" + "q=" + "+".join(query.split()))
        first = caller.page.evaluate(FIRST_NUMBER)
        if has_voice_number(first["slug"]):
            rung += 1
            if not first["seen"] or first["bottom"] > TWO_SCREENS or first["height"] < 24:
                far.append((query, first))
    assert far == []
    assert rung >= 5, "hardly any first result can be rung, so nothing was tried"


def test_the_way_out_and_the_emergency_number_are_on_the_first_screen(caller: Visitor) -> None:
    for path in ("/", "/ar/", "/tr/search", "/organisations/galop"):
        caller.open(path)
        for part in (".safety-bar__exit", ".safety-bar__call"):
            box = caller.page.locator(part).bounding_box()
            assert box is not None, part
            assert 0 <= box["y"] <= PHONE["height"] - box["height"], (path, part, box)
