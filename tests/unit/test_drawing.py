"""Drawings: what they show is what they were given, and their words stay words."""

from xml.etree import ElementTree as ET

import pytest

from directory.drawing import LONGEST, NARROW, Bar, Panel, bars, columns, curves, line

SVG = {"svg": "http://www.w3.org/2000/svg"}


def texts(drawing: str) -> list[str]:
    return [text.text or "" for text in ET.fromstring(drawing).iterfind(".//svg:text", SVG)]


def test_bars_are_as_long_as_their_numbers_say_and_fit_a_small_screen() -> None:
    drawn = ET.fromstring(bars("Ages", "Two groups.", [Bar("Up to 90 days", 10, "10"), Bar("Older", 5, "5 of 15")]))
    lengths = [path.attrib["d"] for path in drawn.iterfind(".//svg:path[@fill]", SVG)]
    assert lengths == [f"M0 20h{LONGEST:.1f}v16H0z", f"M0 20h{LONGEST / 2:.1f}v16H0z"]
    assert drawn.attrib["viewBox"] == f"0 0 {NARROW} 88"


def test_a_drawing_has_a_title_and_says_its_figures_in_words() -> None:
    drawn = ET.fromstring(bars("Ages", "Two groups.", [], name="ages"))
    held = {part.attrib["id"]: part.text for part in drawn.iter() if "id" in part.attrib}
    assert held == {"ages-title": "Ages", "ages-description": "Two groups."}
    assert drawn.attrib["aria-labelledby"].split() == list(held)
    assert drawn.attrib["role"] == "img"


@pytest.mark.parametrize("hostile", ["</text><script>alert(1)</script>", '"><img src=x>', "a & b"])
def test_words_stay_words(hostile: str) -> None:
    assert hostile in texts(bars(hostile, hostile, [Bar(hostile, 1, hostile)]))
    assert hostile in texts(curves(hostile, hostile, [Panel(hostile, columns([1.0]), 1.0, (hostile, hostile))]))


def test_nothing_but_noughts_can_be_drawn() -> None:
    assert texts(bars("Ages", "None.", [Bar("All", 0, "0")])) == ["All", "0"]
    assert 'd=""' in columns([0.0, 0.0])
    assert "0.0,0.0" in line([1.0], 1.0)
