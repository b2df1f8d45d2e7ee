"""Figures in plain tables: each with what stands beside it, and the ratio of the two."""

import os
import platform
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import nan
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One thing measured, ours and beside it, in the same run. Several columns may be given (p50, p95)."""

    what: str
    ours: tuple[float, ...]
    beside: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours for each one beside it."""
        return tuple(map(ratio, self.ours, self.beside))


@dataclass(frozen=True)
class Table:
    """Figures of one kind."""

    title: str
    beside: str
    columns: tuple[str, ...]
    figures: tuple[Figure, ...]

    def text(self) -> str:
        """The table as plain text."""
        head = ["", *self.columns, *(f"{self.beside} {name}" for name in self.columns), *_ratio_names(self.columns)]
        rows = [
            [figure.what, *map(_number, figure.ours), *map(_number, figure.beside), *map(_number, figure.ratios)]
            for figure in self.figures
        ]
        return f"{self.title}\n{_lined_up([head, *rows])}\n"


def percentile(values: Sequence[float], share: float) -> float:
    """The value that a share of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def p50_p95(seconds: Sequence[float]) -> tuple[float, float]:
    """The median and the 95th percentile, in milliseconds."""
    return percentile(seconds, 0.5) * 1000, percentile(seconds, 0.95) * 1000


def ratio(ours: float, beside: float) -> float:
    """How many times what stands beside it."""
    return ours / beside if beside else nan


def machine() -> str:
    """What a run is measured on."""
    busy = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores ({_processor()}), {platform.system()} {platform.machine()}, "
        f"Python {sys.version.split()[0]}, load before the run {busy:.1f}"
    )


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    lines = about.read_text(encoding="utf-8").splitlines() if about.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or "unknown")


def _ratio_names(columns: Sequence[str]) -> list[str]:
    return ["ratio"] if len(columns) == 1 else [f"ratio {name}" for name in columns]


def _number(value: float) -> str:
    for least, digits in ((100, 0), (10, 1), (1, 2)):
        if value >= least:
            return f"{value:,.{digits}f}"
    return f"{value:.3f}"


def _lined_up(rows: Iterable[Sequence[str]]) -> str:
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    )
