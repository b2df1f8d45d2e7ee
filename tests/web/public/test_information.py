"""Staying safe, privacy and accessibility."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from directory import clock
from directory.clock import today
from directory.policy.operations import set_policy
from directory.policy.rules import DEFAULTS
from directory.web.public.information import STATEMENT_DATE
from tests.databases import Databases
from tests.page import Pages
from tests.web.conftest import settings, started
from tests.web.public.made_directory import made_directory


def test_safety_tells_how_to_reach_help_without_a_voice_and_says_whose_word_it_is(pages: Pages) -> None:
    page = pages.get("/safety")
    assert {"silent", "text", "sign", "relay"} <= {part.attrib.get("id") for part in page.tree.iter()}
    for source in ("Independent Office for Police Conduct", "Relay UK", "Ofcom"):
        assert source in page.main


def test_safety_says_what_the_exit_button_cannot_do(pages: Pages) -> None:
    page = pages.get("/safety")
    assert "If scripts are turned off" in page.main
    assert "It does not clear your browser's history." in page.main


def test_privacy_says_what_is_not_kept(pages: Pages) -> None:
    assert "No cookies." in pages.get("/privacy").main


def test_privacy_says_how_long_things_are_kept_and_follows_the_policy(databases: Databases, tmp_path: Path) -> None:
    with made_directory(databases, tmp_path) as made:
        assert "What you wrote to us, and your email address: 6 months." in made.pages.get("/privacy").main
        shorter = replace(
            DEFAULTS,
            keep_reports_months=1,
            remind_after_days=5,
            mark_after_days=50,
            approve_hours=True,
            hide_unanswered=True,
        )
        with made.writing() as session:
            set_policy(session, shorter, seen=0, defaults=DEFAULTS, by="test", now=clock.now())
        assert "What you wrote to us, and your email address: 1 month." in made.pages.get("/privacy").main
        assert "for 1 month. Then we delete both." in made.pages.get("/suggest").main
        kept_current = made.pages.get("/kept-current").main
        assert "we ask again on day 5 and on day 21" in kept_current
        assert "From day 50 without an answer" in kept_current
        assert "So do new opening hours" in kept_current
        assert "we take it out" in kept_current


def test_the_accessibility_statement_was_gone_through_in_the_last_twelve_months() -> None:
    assert timedelta(0) <= today() - STATEMENT_DATE <= timedelta(days=366)


def test_the_accessibility_statement_carries_its_date_and_says_what_was_not_tested(pages: Pages) -> None:
    page = pages.get("/accessibility")
    assert "22 November 2026" in page.main
    assert "What we have not tested" in page.main


def test_no_number_of_the_team_is_shown_until_the_council_has_said_which_it_is(seeded_url: str, tmp_path: Path) -> None:
    for app in started(replace(settings(seeded_url, tmp_path), team_phone=""), indexed=False):
        assert "Call the council" not in Pages(app).get("/accessibility").main
