"""What is deleted when, and what the last night did."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory import clock
from directory.checks.keeping import day_of
from directory.policy.rules import Policy
from directory.privacy.queries import RetentionRun, last_runs
from directory.privacy.retention import RULES, Rule
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.policy_words import value_in_words
from directory.web.entry_words import date_in_words
from directory.web.extensions import db
from directory.web.policy import current_policy
from directory.web.templating import render


@dataclass(frozen=True, slots=True)
class Row:
    """A rule with what became of it."""

    what: str
    why: str
    after: str
    last: str
    removed: str
    in_a_year: int


@admin.get("/retention")
def retention() -> Page:
    """Every rule of keeping."""
    session = db.session()
    runs, held = last_runs(session, clock.today()), current_policy(session)
    return render("admin/retention.html", rows=[_row(rule, held, runs) for rule in RULES])


def _row(rule: Rule, policy: Policy, runs: Mapping[str, RetentionRun]) -> Row:
    run = runs.get(rule.name)
    return Row(
        what=rule.what,
        why=rule.why,
        after=value_in_words(rule.part, getattr(policy, rule.part)) if rule.part else "",
        last=date_in_words(day_of(run.at)) if run else "not yet",
        removed=("failed: see the log" if run.removed is None else f"{run.removed:,}") if run else "",
        in_a_year=run.in_a_year if run else 0,
    )
