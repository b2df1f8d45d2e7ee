"""How long things are kept: one table of rules, each with what it deletes or blanks, when, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from directory.accounts.models import InvitationRow, OfficerSessionRow, SignInTriesRow
from directory.accounts.rules import FORGOTTEN_AFTER
from directory.changes.models import ChangeRow
from directory.checks.links import SKEW
from directory.checks.models import DraftRow, LinkRow
from directory.exchange.imports.models import ImportRow
from directory.exchange.imports.rules import KEPT_ENDED, KEPT_UNDECIDED, ImportState
from directory.outbox.models import OutboxRow
from directory.people.models import PersonRow
from directory.policy.rules import Policy
from directory.privacy.models import RetentionRow
from directory.privacy.needed import is_needed, since
from directory.signals.models import ProblemReportRow, SuggestionRow

Statement = Callable[[Policy, datetime], Delete | Update]
RUNS_KEPT = timedelta(days=2 * 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of keeping."""

    name: str
    what: str
    """What is deleted or blanked, and when, in a sentence for officers and for whoever asks what we keep."""
    why: str
    part: str
    """The part of the policy that says for how many months; empty where the rule says it itself."""
    statement: Statement

    def apply(self, session: Session, policy: Policy, now: datetime) -> int:
        """Delete or blank what has been kept long enough; how many there were."""
        done = session.execute(self.statement(policy, now).execution_options(synchronize_session=False))
        return cast("CursorResult[Any]", done).rowcount


def _drafts(_policy: Policy, now: datetime) -> Delete:
    ended = select(LinkRow.id).where(LinkRow.expires_at < now - SKEW)
    return delete(DraftRow).where(DraftRow.link_id.in_(ended))


def _links(policy: Policy, now: datetime) -> Delete:
    """A link that was used is part of the answer, and one that a change came by says whom to tell."""
    has_change = exists().where(ChangeRow.link_id == LinkRow.id)
    ended = LinkRow.expires_at < since(now, policy.keep_links_months)
    return delete(LinkRow).where(LinkRow.used_at.is_(None), ended, ~has_change)


def _mails(policy: Policy, now: datetime) -> Delete:
    return delete(OutboxRow).where(OutboxRow.settled_at < since(now, policy.keep_mail_months))


def _reports(policy: Policy, now: datetime) -> Delete:
    return delete(ProblemReportRow).where(ProblemReportRow.at < since(now, policy.keep_reports_months))


def _suggestions(policy: Policy, now: datetime) -> Delete:
    return delete(SuggestionRow).where(SuggestionRow.at < since(now, policy.keep_reports_months))


def _sessions(policy: Policy, now: datetime) -> Delete:
    """One that was not ended is over by itself after some hours."""
    return delete(OfficerSessionRow).where(OfficerSessionRow.started_at < since(now, policy.keep_sign_ins_months))


def _invitations(policy: Policy, now: datetime) -> Delete:
    return delete(InvitationRow).where(InvitationRow.expires_at < since(now, policy.keep_sign_ins_months))


def _tries(_policy: Policy, now: datetime) -> Delete:
    return delete(SignInTriesRow).where(SignInTriesRow.last_at < now - FORGOTTEN_AFTER)


def _imports(_policy: Policy, now: datetime) -> Delete:
    """Nobody has decided it; one that the machine is at ends by itself."""
    waits = ImportRow.state.in_([ImportState.COLUMNS, ImportState.CHECKED])
    return delete(ImportRow).where(
        or_(waits & (ImportRow.started_at < now - KEPT_UNDECIDED), ImportRow.ended_at < now - KEPT_ENDED)
    )


def _people(policy: Policy, now: datetime) -> Update:
    nobody = {"name": "", "role": "", "email": "", "erased_at": now}
    return update(PersonRow).where(PersonRow.erased_at.is_(None), ~is_needed(policy, now)).values(nobody)


def _runs(_policy: Policy, now: datetime) -> Delete:
    return delete(RetentionRow).where(RetentionRow.at < now - RUNS_KEPT)


RULES = (
    Rule(
        name="drafts",
        what="Half-done edits are deleted when their update link has ended.",
        why="Nobody can go on with them any more.",
        part="",
        statement=_drafts,
    ),
    Rule(
        name="links",
        what="Update links that nobody used are deleted so long after their end.",
        why="Until then, whoever opens an old link is told that it is too old, and how to get a new one.",
        part="keep_links_months",
        statement=_links,
    ),
    Rule(
        name="mails",
        what="The record that a mail went out (to whom and when, never its words) is deleted so long after it went.",
        why="Mail that comes back late must still find whom it was for.",
        part="keep_mail_months",
        statement=_mails,
    ),
    Rule(
        name="reports",
        what="What readers report about entries is deleted so long after they sent it.",
        why="The team looks into it within days. Words of strangers are not kept for later.",
        part="keep_reports_months",
        statement=_reports,
    ),
    Rule(
        name="suggestions",
        what="Suggestions of organisations are deleted so long after they were sent. What became an entry stays.",
        why="The team looks into them within weeks. Who made them is not needed afterwards.",
        part="keep_reports_months",
        statement=_suggestions,
    ),
    Rule(
        name="sessions",
        what="The record of when an officer signed in is deleted so long after it.",
        why="It shows whether somebody else has used an account.",
        part="keep_sign_ins_months",
        statement=_sessions,
    ),
    Rule(
        name="invitations",
        what="Links by which officers chose what they sign in with are deleted so long after their end.",
        why="Until then, whoever opens an old one is told that it is too old.",
        part="keep_sign_ins_months",
        statement=_invitations,
    ),
    Rule(
        name="tries",
        what="The count of failed tries to sign in is deleted a day after the last one.",
        why="It slows down guessing. It holds no address, only a keyed digest of it.",
        part="",
        statement=_tries,
    ),
    Rule(
        name="imports",
        what=(
            "A spreadsheet that somebody brings in is deleted as soon as its import ends, or with it when nobody has"
            " decided it for 14 days. What became of its entries is deleted a year after the end."
        ),
        why="Until then it can be looked at, and what it changed can be found.",
        part="",
        statement=_imports,
    ),
    Rule(
        name="people",
        what=(
            "Name, role and address of a person are blanked when nothing needs them: who answered or sent a change,"
            " and who was an update contact, each so long after it, and who wrote to us, with what they wrote."
        ),
        why="The history of an entry stays readable for a while. Nobody is known for longer than that is useful.",
        part="keep_names_months",
        statement=_people,
    ),
    Rule(
        name="runs",
        what="The record of these nightly deletions is deleted after 2 years.",
        why="It shows that deleting works. It holds numbers alone.",
        part="",
        statement=_runs,
    ),
)
"""In the order in which they are done: people last but for the record, when what held them is gone."""
