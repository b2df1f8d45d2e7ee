"""`python -m bench [search|pages|tick|desk|all]`: prints every figure with its ratio to what was measured beside it."""

import argparse
import logging
import tempfile
from pathlib import Path
from time import perf_counter

from bench import desk, pages, search, tick
from bench.report import machine

PARTS = {"search": search.measure, "pages": pages.measure, "tick": tick.measure, "desk": desk.measure}


def main() -> None:
    """Measure what was asked for, each part in a folder that is gone afterwards."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measures search, pages, tick and desk beside their peers."
    )
    parser.add_argument("part", nargs="?", choices=[*PARTS, "all"], default="all")
    part = parser.parse_args().part
    logging.disable(logging.WARNING)
    start = perf_counter()
    print(f"Measured on {machine()}.\nA ratio is ours for one of what stands beside it, in this run.\n")
    for name, measure in PARTS.items():
        if part in {name, "all"}:
            with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                for table in measure(Path(folder)):
                    print(table.text(), flush=True)
    print(f"It took {perf_counter() - start:.0f} seconds.")


if __name__ == "__main__":
    main()
