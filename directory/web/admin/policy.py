"""The policy: what managers set, what it was before, and what other numbers would come to."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import request

from directory import clock
from directory.accounts.rules import Role
from directory.checks.keeping import day_of
from directory.policy.defaults import defaults_of
from directory.policy.operations import set_policy
from directory.policy.queries import policy_changes, policy_version
from directory.policy.rules import PolicyMovedOn
from directory.web.admin import policy_form
from directory.web.admin.access import actor, current_officer
from directory.web.admin.actors import actor_in_words, officer_names
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.policy_form import PolicyForm
from directory.web.admin.policy_trial import trial_of
from directory.web.admin.policy_words import GROUPS, LABELS, LANGUAGES, hint_of, value_in_words
from directory.web.entry_words import date_in_words
from directory.web.extensions import current_settings, db
from directory.web.templating import render
from directory.web.transaction import transaction
from directory.web.typed_text import whole_number

MOVED_ON = "Somebody else has changed the policy since you opened this page. Look at what it is now, then save again."
MOST_CHANGES = 20


@dataclass(frozen=True, slots=True)
class Change:
    """When the policy was changed, by whom, and how."""

    when: str
    who: str
    lines: tuple[str, ...]


@admin.get("/policy")
def policy() -> Page:
    """What holds now."""
    return _page(None)


@admin.post("/policy")
def save_policy() -> Page:
    """Have what was typed be the policy; or show it again, to be changed."""
    form, typed = policy_form.sent()
    if typed is None:
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    if "edit" in request.form:
        return _page(form)
    defaults = defaults_of(current_settings())
    try:
        with transaction() as session:
            changed = set_policy(session, typed, seen=_seen(), defaults=defaults, by=actor(), now=clock.now())
    except PolicyMovedOn:
        return _page(form, message=MOVED_ON), HTTPStatus.CONFLICT
    return led_to("admin.policy", "policy_saved" if changed else "policy_same")


@admin.post("/policy/simulation")
def try_policy() -> Page:
    """What the numbers that were typed would come to, beside those of now. Nothing is saved."""
    form, typed = policy_form.sent()
    if typed is None:
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    session = db.session()
    held = policy_version(session, defaults_of(current_settings()))
    return render(
        "admin/policy_trial.html",
        values=form.values,
        seen=_seen(),
        trial=trial_of(session, now=held.policy, proposed=typed),
    )


def _seen() -> int:
    return whole_number(request.form.get("seen", "")) or 0


def _page(form: PolicyForm | None, *, message: str = "") -> str:
    session, defaults = db.session(), defaults_of(current_settings())
    held = policy_version(session, defaults)
    now = policy_form.shown(held.policy)
    return render(
        "admin/policy.html",
        groups=GROUPS,
        hints={name: hint_of(part, defaults) for name, part in LABELS.items()},
        form=form or now,
        languages=LANGUAGES,
        now=now.values,
        words={name: value_in_words(name, getattr(held.policy, name)) for name in LABELS},
        seen=held.number,
        may_set=current_officer().role.may(Role.MANAGER),
        changes=_changes(),
        message=message,
    )


def _changes() -> tuple[Change, ...]:
    session = db.session()
    names = officer_names(session)
    return tuple(
        Change(
            when=date_in_words(day_of(change.made_at)),
            who=actor_in_words(change.made_by, names),
            lines=tuple(
                f"{LABELS[part.name].label if part.name in LABELS else part.name}:"
                f" {value_in_words(part.name, part.before)} → {value_in_words(part.name, part.after)}"
                for part in change.differences
            ),
        )
        for change in policy_changes(session, MOST_CHANGES)
    )
