"""The document about spreadsheets names every column as it is."""

import re

from directory.config import ROOT
from directory.exchange.columns import COLUMNS, Use

WAYS = {Use.BOTH: "both", Use.FINDS: "finds the entry", Use.OUT: "written only", Use.IN: "read only"}


def test_every_column_is_explained_in_its_order() -> None:
    section = (ROOT / "docs/spreadsheets.md").read_text(encoding="utf-8").partition("## The columns")[2]
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \|$", section, re.MULTILINE)[2:]
    assert rows == [
        (
            column.heading.replace("{n}", "1"),
            column.holds,
            WAYS[column.use] + (", for officers" if column.is_private else ""),
        )
        for column in COLUMNS
    ]
