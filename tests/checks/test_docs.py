"""The documents: they name everything that a person may set, call or open, and nothing that is not there."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from click import Group
from flask import Flask

from directory import create_app
from directory.config import Settings
from directory.taxonomy.terms import TermKind
from directory.web.locale import LANGUAGES, PUBLISHED, Language
from tests.databases import Databases

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
MOST_WORDS = 12
PROMISES = 41

LINK = re.compile(r"\]\((?!https?:)([^)#]+)?(#[^)]+)?\)")
NAMED_FILE = re.compile(r"`((?:directory|tests|seed|bench|docs|\.ci)/[\w./-]+|[\w-]+\.(?:toml|txt|cfg|json))`")
NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
ROW = re.compile(r"^\| (.+?) \|", re.MULTILINE)


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def everything() -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


@pytest.fixture(scope="module")
def application(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    index = tmp_path_factory.mktemp("index")
    return create_app(Settings(secret_key="k" * 40, database_url=databases.new(), search_index=index))


def anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-")


def test_every_setting_is_explained_and_no_other() -> None:
    section = text("operations.md").partition("## Settings")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([A-Z_]+)`", section, re.MULTILINE)) == {
        field.name.upper() for field in fields(Settings)
    }


def test_every_command_is_explained(application: Flask) -> None:
    commands = set()
    for name, command in application.cli.commands.items():
        inside = command.commands if isinstance(command, Group) and name != "db" else {}
        commands |= {f"{name} {below}" for below in inside} or {name}
    commands = commands - {"db"} | {"db upgrade"}
    explained = text("operations.md")
    assert not [command for command in commands if f"`{command}`" not in explained]


def test_every_make_target_is_named() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert targets
    words = everything()
    assert not [target for target in targets if f"make {target}" not in words]


def test_every_address_is_explained() -> None:
    rows = [line.split() for line in (Path(__file__).with_name("routes.txt")).read_text(encoding="utf-8").splitlines()]
    addresses = {row[1] for row in rows if row[0] != "#"}
    assert not [address for address in addresses if f"`{address}`" not in text("architecture.md")]


def test_every_kind_of_term_is_named() -> None:
    kinds = next(row for row in text("glossary.md").splitlines() if row.startswith("| term |"))
    assert not [kind for kind in TermKind if kind.value not in kinds]
    assert not [kind for kind in TermKind if kind.value not in text("how-to.md")]


def test_the_glossary_is_short() -> None:
    words = ROW.findall(text("glossary.md"))[2:]
    assert len(words) == len(set(words))
    assert 0 < len(words) <= MOST_WORDS


def test_every_link_leads_somewhere() -> None:
    for page in PAGES:
        for path, heading in LINK.findall(page.read_text(encoding="utf-8")):
            target = (page.parent / path) if path else page
            assert target.exists(), f"{page.name}: {path}"
            if heading:
                headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
                assert heading[1:] in map(anchor, headings), f"{page.name}: {heading}"


def test_every_file_that_is_named_is_there() -> None:
    named = {(page.name, name) for page in PAGES for name in NAMED_FILE.findall(page.read_text(encoding="utf-8"))}
    assert named
    assert not [one for one in named if not (ROOT / one[1]).exists()]


def test_every_promise_is_listed_once_with_tests_that_are_there() -> None:
    promised = text("promises.md")
    assert [int(number) for number in re.findall(r"^\| (\d+) \|", promised, re.MULTILINE)] == list(
        range(1, PROMISES + 1)
    )
    tests = NAMED_TEST.findall(promised)
    assert tests
    missing = [name for file, name in tests if f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8")]
    assert not missing


def test_every_decision_has_its_reason_and_is_listed() -> None:
    decisions = sorted(path for path in (DOCS / "adr").glob("*.md") if path.name != "README.md")
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        words = path.read_text(encoding="utf-8")
        assert all(f"**{part}.**" in words for part in ("Context", "Decision", "Consequence")), path.name
        assert f"({path.name})" in text("adr/README.md"), path.name


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_what_is_said_of_a_language_is_so(language: Language) -> None:
    row = next(line for line in text("languages.md").splitlines() if line.startswith(f"| {language.code} |"))
    _, _, _, page, lexicon, reviewed, _ = (cell.strip() for cell in row.split("|"))
    facts = (language in PUBLISHED, (ROOT / "seed/lexicon" / f"{language.code}.json").exists(), language.reviewed)
    assert (page == "yes", lexicon == "yes", reviewed == "yes") == facts
