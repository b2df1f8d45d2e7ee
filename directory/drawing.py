"""Drawings with figures as SVG, the same on paper and in grey; whoever shows one says its figures in words as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, LEFT, TOP, GAP = 760, 120, 60, 40, 60
"""Of each panel of curves, in the drawing's own units."""
ROW, LONGEST, NARROW = 44, 250, 320
"""Of each row of bars: its height, its longest bar, and the width of the whole, which fits a small phone."""
_INK, _FRAME = "#1d70b8", "#505a5f"


@dataclass(frozen=True, slots=True)
class Panel:
    """One of several curves over the same time: its marks, the value at its upper edge, and the ends of its time."""

    title: str
    marks: str
    top: float
    ends: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with what it counts, and as it is written."""

    words: str
    value: float
    shown: str


def curves(title: str, description: str, panels: Sequence[Panel], name: str = "drawing") -> str:
    """Panels one above the other. `name` tells the drawings of one page apart."""
    parts = (_panel(place, panel) for place, panel in enumerate(panels))
    size = (LEFT + WIDTH + 20, len(panels) * (HEIGHT + GAP) + TOP)
    return _drawing(title, description, "".join(parts), size=size, name=name)


def columns(values: Sequence[float]) -> str:
    """Upright bars beside each other, as the marks of a panel whose upper edge is the highest."""
    top, width = max(values) or 1.0, WIDTH / len(values)
    bars = (
        f"M{index * width:.1f} {HEIGHT}v{-value / top * HEIGHT:.1f}h{width:.2f}V{HEIGHT}z"
        for index, value in enumerate(values)
        if value
    )
    return f'<path d="{"".join(bars)}" fill="{_INK}"/>'


def line(values: Sequence[float], top: float) -> str:
    """A line through values, as the marks of a panel whose upper edge is `top`."""
    step = WIDTH / max(len(values) - 1, 1)
    points = " ".join(f"{index * step:.1f},{HEIGHT - value / top * HEIGHT:.1f}" for index, value in enumerate(values))
    return f'<polyline points="{points}" fill="none" stroke="{_INK}" stroke-width="2"/>'


def bars(title: str, description: str, held: Sequence[Bar], name: str = "drawing") -> str:
    """Level bars one below the other, each with its words above it and its number after it."""
    top = max((bar.value for bar in held), default=0) or 1.0
    rows = (_row(place, bar, bar.value / top * LONGEST) for place, bar in enumerate(held))
    return _drawing(title, description, "".join(rows), size=(NARROW, len(held) * ROW), name=name)


def _drawing(title: str, description: str, content: str, *, size: tuple[int, int], name: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" role="img"'
        f' aria-labelledby="{name}-title {name}-description" font-family="sans-serif" font-size="13">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-description">{escape(description)}</desc>'
        f"{content}</svg>\n"
    )


def _panel(place: int, panel: Panel) -> str:
    above = TOP + place * (HEIGHT + GAP)
    first, last = panel.ends
    return (
        f'<g transform="translate({LEFT} {above})">'
        f'<text x="0" y="-10" font-weight="bold">{escape(panel.title)}</text>'
        f'<text x="-8" y="10" text-anchor="end">{panel.top:.0f}</text>'
        f'<text x="-8" y="{HEIGHT}" text-anchor="end">0</text>'
        f'<text x="0" y="{HEIGHT + 16}">{escape(first)}</text>'
        f'<text x="{WIDTH}" y="{HEIGHT + 16}" text-anchor="end">{escape(last)}</text>'
        f'<path d="M0 0V{HEIGHT}H{WIDTH}" fill="none" stroke="{_FRAME}"/>{panel.marks}</g>'
    )


def _row(place: int, bar: Bar, length: float) -> str:
    return (
        f'<g transform="translate(0 {place * ROW})">'
        f'<text x="0" y="14">{escape(bar.words)}</text>'
        f'<path d="M0 20h{length:.1f}v16H0z" fill="{_INK}"/><path d="M0 20v16" stroke="{_FRAME}"/>'
        f'<text x="{length + 6:.1f}" y="33" font-weight="bold">{escape(bar.shown)}</text></g>'
    )
