"""What every answer carries, and what is refused. (`tests/page.py` checks the headers of every answer.)"""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import request

from directory import create_app
from directory.web.security import KEPT_FOR_GOOD
from tests.page import Pages
from tests.web.conftest import settings


def test_a_host_that_is_not_ours_gets_nothing(pages: Pages) -> None:
    answer = pages.answer("/", status=400, headers={"Host": "elsewhere.example"})
    assert answer.get_data(as_text=True) == "Unknown host."


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:9000"])
def test_our_own_names_are_answered_on_any_port(pages: Pages, host: str) -> None:
    pages.get("/", headers={"Host": host})


def test_a_forwarded_host_changes_no_link(pages: Pages) -> None:
    answer = pages.answer("/sitemap.xml", headers={"X-Forwarded-Host": "elsewhere.example"})
    assert "elsewhere" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_on_another_site_is_refused(pages: Pages, site: str) -> None:
    answer = pages.post("/search", status=403, data={"q": "help"}, headers={"Sec-Fetch-Site": site})
    assert "That did not work" in answer.get_data(as_text=True)


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_own_form_is_taken(pages: Pages, site: str) -> None:
    pages.post("/search", data={"q": "help"}, headers={"Sec-Fetch-Site": site})


def test_a_file_asked_for_by_its_content_is_kept_for_good_and_by_its_name_only_asked_again(pages: Pages) -> None:
    address = pages.get("/").one("link", rel="stylesheet").attrib["href"]
    assert pages.answer(address).headers["Cache-Control"] == KEPT_FOR_GOOD
    assert pages.answer(address.partition("?")[0]).headers["Cache-Control"] == "no-cache"
    pages.answer("/static/nothing.css?v=1", status=404)


@pytest.mark.parametrize(("hops", "seen"), [(0, "127.0.0.1"), (1, "192.0.2.7")])
def test_forwarded_addresses_are_believed_of_our_own_proxies_only(tmp_path: Path, hops: int, seen: str) -> None:
    app = create_app(replace(settings("sqlite://", tmp_path), proxy_hops=hops))
    app.add_url_rule("/from", view_func=lambda: str(request.remote_addr))
    answer = app.test_client().get("/from", headers={"X-Forwarded-For": "198.51.100.1, 192.0.2.7"})
    assert answer.get_data(as_text=True) == seen
