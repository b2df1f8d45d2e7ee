"""The templates: all compile, import what they use, hold nothing inline and no word that gives a reader away."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

from directory import create_app
from directory.config import Settings
from tests.databases import Databases

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "directory/templates"
TEMPLATES = {
    path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(FOLDER.rglob("*"))
    if path.is_file()
}
STYLES = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "directory/static/source").glob("*.scss")}

INLINE = re.compile(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script([^>]*)>")
ALLOWED_SCRIPT = re.compile(r""" src="\{\{ static_url\('[a-z.]+'\) \}\}"( defer)?| type="application/ld\+json\"""")
LOADED = re.compile(r"<(?:script|img|iframe|link|source|object|embed)[^>]*\s(?:src|href|data)\s*=\s*\"([^\"]*)\"")
TELLING = re.compile("hate|crime|victim|abuse", re.IGNORECASE)
PHYSICAL = re.compile(r"\b(left|right)\b")
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)


@pytest.fixture(scope="module")
def application(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    index = tmp_path_factory.mktemp("index")
    return create_app(Settings(secret_key="k" * 40, database_url=databases.new(), search_index=index))


@pytest.fixture
def trees(application: Flask) -> dict[str, nodes.Template]:
    return {name: application.jinja_env.parse(source) for name, source in TEMPLATES.items()}


def imported(tree: nodes.Template) -> Iterator[tuple[str, str, str]]:
    """What a template imports: the file, the macro, and the name it has here."""
    for node in tree.find_all(nodes.FromImport):
        for name in node.names:
            macro, alias = name if isinstance(name, tuple) else (name, name)
            yield node.template.value, macro, alias  # type: ignore[attr-defined]


def macros(tree: nodes.Template) -> set[str]:
    return {macro.name for macro in tree.find_all(nodes.Macro)}


def loaded(tree: nodes.Template) -> set[str]:
    return {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}


def test_every_template_compiles(application: Flask) -> None:
    assert set(application.jinja_env.list_templates()) >= set(TEMPLATES)
    for name in TEMPLATES:
        application.jinja_env.get_template(name)


def test_every_imported_macro_is_there_and_used(trees: dict[str, nodes.Template]) -> None:
    everything = [(name, *one) for name, tree in trees.items() for one in imported(tree)]
    assert not [one for one in everything if one[2] not in macros(trees[one[1]])], "not there"
    assert not [one for one in everything if one[3] not in loaded(trees[one[0]])], "not used"


def test_every_component_is_used_and_named_in_one_file(trees: dict[str, nodes.Template]) -> None:
    wanted = {file for tree in trees.values() for file, _, _ in imported(tree)}
    components = {name for name in trees if name.startswith("components/")}
    assert components == {file for file in wanted if file.startswith("components/")}


def test_every_page_has_a_title(trees: dict[str, nodes.Template]) -> None:
    pages = {n: tree for n, tree in trees.items() if tree.find(nodes.Extends) and not n.startswith("layouts/")}
    assert pages
    for name, tree in pages.items():
        assert "title" in {
            node.target.name for node in tree.find_all(nodes.Assign) if isinstance(node.target, nodes.Name)
        }, name


def test_no_title_and_no_file_tells_what_a_reader_looks_for(trees: dict[str, nodes.Template]) -> None:
    titles = [
        constant.value
        for tree in trees.values()
        for node in tree.find_all(nodes.Assign)
        if isinstance(node.target, nodes.Name) and node.target.name == "title"
        for constant in node.find_all(nodes.Const)
    ]
    assert not [title for title in titles if TELLING.search(str(title))]
    served = [path.name for path in (ROOT / "directory/static").rglob("*") if "vendor" not in path.parts]
    assert not [name for name in [*TEMPLATES, *served] if TELLING.search(name)]


def test_nothing_is_inline() -> None:
    assert not [(name, found.group()) for name, text in TEMPLATES.items() if (found := INLINE.search(text))]


def test_every_script_is_a_file_of_ours_or_data() -> None:
    scripts = [(name, attributes) for name, text in TEMPLATES.items() for attributes in SCRIPT.findall(text)]
    assert scripts
    assert not [one for one in scripts if not ALLOWED_SCRIPT.fullmatch(one[1])]


def test_no_page_loads_anything_from_elsewhere() -> None:
    sources = [(name, address) for name, text in TEMPLATES.items() for address in LOADED.findall(text)]
    assert sources
    assert not [one for one in sources if not one[1].startswith("{{ static_url(")]


def test_styles_know_start_and_end_but_no_sides() -> None:
    assert STYLES
    code = {name: COMMENT.sub("", text) for name, text in STYLES.items()}
    assert not {name: PHYSICAL.findall(text) for name, text in code.items() if PHYSICAL.search(text)}


def test_styles_load_nothing_from_elsewhere() -> None:
    assert not [name for name, text in STYLES.items() if re.search(r"url\(\s*['\"]?(https?:)?//", text)]
