"""The nastiest strings in a real browser: typed, linked, chosen; nothing runs, and nothing complains."""

from urllib.parse import quote

import pytest

from tests.journeys.visitor import Visitor
from tests.web.hostile import MARK, SCRIPTS

NASTIEST = [string for string in SCRIPTS if "\x00" not in string][:12]
WATCH = f"window.{MARK} = () => console.error('it ran')"


@pytest.mark.parametrize("part", range(3))
def test_nothing_that_is_typed_or_linked_runs(visitor: Visitor, part: int) -> None:
    visitor.context.add_init_script(WATCH)
    for string in NASTIEST[part::3]:
        linked = quote(string)
        for path in (
            f"/search?q={linked}&near={linked}&ground={linked}&s=",
            f"/ar/search?q={linked}&o={linked}&literal=1",
            f"/list?o={linked}",
            f"/organisations/{quote(string, safe='')}",
        ):
            visitor.open(path)
            assert visitor.page.url.startswith(f"{visitor.origin}/")
        visitor.open("/")
        visitor.search(string)
        assert visitor.page.locator("#q").input_value() == " ".join(string.split())
        visitor.page.locator("#q").focus()
        visitor.page.mouse.move(100, 100)
        assert MARK not in visitor.page.url
    assert visitor.problems == []
    assert visitor.foreign_requests() == []


def test_the_trap_works(visitor: Visitor) -> None:
    visitor.context.add_init_script(WATCH)
    visitor.open("/")
    visitor.page.evaluate(f"{MARK}()")
    assert visitor.problems == ["console: it ran"]
    visitor.problems.clear()
