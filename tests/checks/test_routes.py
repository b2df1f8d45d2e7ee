"""The addresses of the site: each in the table of `routes.txt`, well formed, and telling nobody what a reader looks for."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from werkzeug.routing import Rule

from directory import create_app
from directory.config import Settings
from directory.web.locale import PART
from tests.databases import Databases

pytestmark = pytest.mark.any_database

TABLE = Path(__file__).with_name("routes.txt")
IMPLIED = {"HEAD", "OPTIONS"}
LANGUAGE = f"/<language:{PART}>"
PART_OF_AN_ADDRESS = re.compile(r"<([a-z]+:)?[a-z_]+>|[a-z0-9]+(-[a-z0-9]+)*(\.(csv|json|pdf|xml|txt))?")
TELLING = re.compile("hate|crime|victim|abuse")
ANYONE = {"public", "crawlers", "static"}
"""The parts of the site that anyone may read."""


class Route(NamedTuple):
    methods: str
    address: str
    endpoint: str
    who: str


@pytest.fixture(scope="module")
def application(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    index = tmp_path_factory.mktemp("index")
    return create_app(Settings(secret_key="k" * 40, database_url=databases.new(), search_index=index))


@pytest.fixture
def rules(application: Flask) -> list[Rule]:
    return list(application.url_map.iter_rules())


def methods(rule: Rule) -> str:
    return ",".join(sorted((rule.methods or set()) - IMPLIED))


def table() -> list[Route]:
    rows = [line.split() for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [Route(*row) for row in rows]


def test_every_address_is_in_the_table_and_none_is_lost(rules: list[Rule]) -> None:
    served = {(methods(rule), rule.rule, rule.endpoint) for rule in rules if not rule.rule.startswith(LANGUAGE)}
    assert served == {(route.methods, route.address, route.endpoint) for route in table()}


def test_the_table_is_in_order_and_says_who() -> None:
    routes = table()
    assert routes == sorted(routes, key=lambda route: (route.address, route.methods))
    assert {route.who for route in routes if route.endpoint.split(".")[0] in ANYONE} == {"anyone"}
    assert not [route for route in routes if route.who == "anyone" and route.endpoint.split(".")[0] not in ANYONE]


def test_every_public_page_stands_in_every_language(rules: list[Rule]) -> None:
    public = [rule for rule in rules if rule.endpoint.startswith("public.")]
    plain = {(rule.endpoint, rule.rule) for rule in public if not rule.rule.startswith(LANGUAGE)}
    translated = {
        (rule.endpoint, rule.rule.removeprefix(LANGUAGE)) for rule in public if rule.rule.startswith(LANGUAGE)
    }
    assert plain == translated


def test_the_public_only_reads_but_for_the_words_of_a_search_and_what_it_tells_officers() -> None:
    assert [route.address for route in table() if route.who == "anyone" and route.methods != "GET"] == [
        "/organisations/<slug>/problem",
        "/organisations/<slug>/update",
        "/search",
        "/suggest",
    ]


def test_addresses_are_small_words_with_hyphens(rules: list[Rule]) -> None:
    parts = {part for rule in rules for part in rule.rule.split("/") if part}
    assert not [part for part in parts if not PART_OF_AN_ADDRESS.fullmatch(part)]


def test_no_address_tells_what_a_reader_looks_for(rules: list[Rule]) -> None:
    assert not [rule.rule for rule in rules if TELLING.search(rule.rule)]


def test_an_endpoint_is_called_as_its_view(application: Flask) -> None:
    views = {endpoint: view for endpoint, view in application.view_functions.items() if "." in endpoint}
    assert not [endpoint for endpoint, view in views.items() if endpoint.split(".")[1] != view.__name__]
