"""Who may ask for which page of the desk: what does not stand here is refused, whoever asks.

Every request is judged before its view runs: is somebody signed in, is their role enough, and does a posted form come
from a page of ours.
"""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType

from flask import abort, g, redirect, request, url_for
from flask_login import UserMixin, current_user
from flask_wtf.csrf import CSRFError

from directory import clock
from directory.accounts.keys import AccountKeys
from directory.accounts.queries import Officer, signed_in
from directory.accounts.rules import Role
from directory.exchange.tables import LARGEST_FILE
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.lost_form import lost_texts
from directory.web.desk_sessions import forged_forms, login_manager
from directory.web.extensions import current_settings, db
from directory.web.security import SAFE_METHODS
from directory.web.templating import render

OPEN_ENDPOINTS = frozenset(
    {
        "admin.demo",
        "admin.join",
        "admin.send_demo",
        "admin.send_join",
        "admin.send_sign_in",
        "admin.sign_in",
    }
)
"""What somebody may ask for who is not signed in: the doors."""
UPLOADS = frozenset({"admin.send_import"})
"""What takes a file."""
LARGEST_UPLOAD = 3 * LARGEST_FILE
"""What is larger than a file may be, but not so large, is told so by its page."""
LEAST_ROLE: Mapping[str, Role] = MappingProxyType(
    {
        "admin.account": Role.VIEWER,
        "admin.act_on_chosen": Role.OFFICER,
        "admin.add_entry": Role.OFFICER,
        "admin.answer_contact_task": Role.OFFICER,
        "admin.approve_edited": Role.OFFICER,
        "admin.audit": Role.OFFICER,
        "admin.back_to_columns": Role.MANAGER,
        "admin.board": Role.VIEWER,
        "admin.board_csv": Role.VIEWER,
        "admin.board_pdf": Role.VIEWER,
        "admin.call": Role.OFFICER,
        "admin.cancel_import": Role.MANAGER,
        "admin.change": Role.VIEWER,
        "admin.change_role": Role.MANAGER,
        "admin.changes": Role.VIEWER,
        "admin.choose_columns": Role.MANAGER,
        "admin.choose_import_words": Role.MANAGER,
        "admin.chosen": Role.OFFICER,
        "admin.compare_revisions": Role.VIEWER,
        "admin.contact": Role.OFFICER,
        "admin.decide_change": Role.OFFICER,
        "admin.decide_hiding": Role.OFFICER,
        "admin.decide_import": Role.MANAGER,
        "admin.disable_person": Role.MANAGER,
        "admin.edit_change": Role.OFFICER,
        "admin.edit_entry": Role.OFFICER,
        "admin.enable_person": Role.MANAGER,
        "admin.end_task": Role.OFFICER,
        "admin.entries": Role.VIEWER,
        "admin.entry": Role.VIEWER,
        "admin.entry_history": Role.VIEWER,
        "admin.erase_person": Role.MANAGER,
        "admin.export": Role.OFFICER,
        "admin.export_audit": Role.OFFICER,
        "admin.export_person": Role.MANAGER,
        "admin.find_other": Role.OFFICER,
        "admin.find_person": Role.MANAGER,
        "admin.tick_people": Role.MANAGER,
        "admin.gaps": Role.VIEWER,
        "admin.gaps_csv": Role.VIEWER,
        "admin.give_task": Role.OFFICER,
        "admin.hide_entry": Role.OFFICER,
        "admin.home": Role.VIEWER,
        "admin.import_alike": Role.MANAGER,
        "admin.import_entries": Role.MANAGER,
        "admin.import_page": Role.MANAGER,
        "admin.imports": Role.MANAGER,
        "admin.inclusion": Role.OFFICER,
        "admin.invite": Role.MANAGER,
        "admin.invite_again": Role.MANAGER,
        "admin.join_entries": Role.OFFICER,
        "admin.keeping": Role.OFFICER,
        "admin.lexicon": Role.VIEWER,
        "admin.log_call": Role.OFFICER,
        "admin.log_check_of_source": Role.OFFICER,
        "admin.log_inclusion": Role.OFFICER,
        "admin.make_recovery_codes": Role.VIEWER,
        "admin.merge_term": Role.MANAGER,
        "admin.move_term": Role.MANAGER,
        "admin.new_contact": Role.OFFICER,
        "admin.new_passphrase": Role.VIEWER,
        "admin.new_person": Role.MANAGER,
        "admin.new_term": Role.MANAGER,
        "admin.new_words": Role.MANAGER,
        "admin.next_change": Role.VIEWER,
        "admin.next_task_of": Role.VIEWER,
        "admin.not_listed": Role.VIEWER,
        "admin.offer_term": Role.MANAGER,
        "admin.people": Role.MANAGER,
        "admin.person": Role.MANAGER,
        "admin.person_held": Role.MANAGER,
        "admin.policy": Role.VIEWER,
        "admin.preview": Role.VIEWER,
        "admin.privacy": Role.MANAGER,
        "admin.publish_edit": Role.OFFICER,
        "admin.publish_entry": Role.OFFICER,
        "admin.put_off_task": Role.OFFICER,
        "admin.read_import_otherwise": Role.MANAGER,
        "admin.recovery_codes": Role.VIEWER,
        "admin.remove_words": Role.MANAGER,
        "admin.rename_person": Role.MANAGER,
        "admin.reports": Role.VIEWER,
        "admin.reset_person": Role.MANAGER,
        "admin.restore_revision": Role.MANAGER,
        "admin.retention": Role.VIEWER,
        "admin.retire_term": Role.MANAGER,
        "admin.return_words": Role.MANAGER,
        "admin.save_policy": Role.MANAGER,
        "admin.second_officer": Role.OFFICER,
        "admin.send_contact": Role.OFFICER,
        "admin.send_contact_state": Role.OFFICER,
        "admin.send_entry": Role.OFFICER,
        "admin.send_entry_edit": Role.OFFICER,
        "admin.send_export": Role.OFFICER,
        "admin.send_forget": Role.OFFICER,
        "admin.send_hide": Role.OFFICER,
        "admin.send_import": Role.MANAGER,
        "admin.send_join_entries": Role.OFFICER,
        "admin.send_keeping": Role.OFFICER,
        "admin.send_merge": Role.MANAGER,
        "admin.send_new_term": Role.MANAGER,
        "admin.send_new_words": Role.MANAGER,
        "admin.send_not_listed": Role.OFFICER,
        "admin.send_note": Role.OFFICER,
        "admin.send_passphrase": Role.VIEWER,
        "admin.send_pause": Role.OFFICER,
        "admin.send_publish_entry": Role.OFFICER,
        "admin.send_removal": Role.OFFICER,
        "admin.send_replacement": Role.OFFICER,
        "admin.send_restore": Role.MANAGER,
        "admin.send_retire": Role.MANAGER,
        "admin.send_show": Role.OFFICER,
        "admin.send_slug": Role.OFFICER,
        "admin.send_term_words": Role.MANAGER,
        "admin.send_update_link": Role.OFFICER,
        "admin.send_word_group": Role.MANAGER,
        "admin.set_digest": Role.VIEWER,
        "admin.set_reviewed": Role.MANAGER,
        "admin.sign_out": Role.VIEWER,
        "admin.sign_out_person": Role.MANAGER,
        "admin.slug": Role.OFFICER,
        "admin.source_check": Role.OFFICER,
        "admin.task": Role.VIEWER,
        "admin.tasks": Role.VIEWER,
        "admin.taxonomy": Role.VIEWER,
        "admin.tell_import_alike": Role.MANAGER,
        "admin.term": Role.VIEWER,
        "admin.term_words": Role.MANAGER,
        "admin.terms": Role.VIEWER,
        "admin.try_policy": Role.MANAGER,
        "admin.try_search": Role.VIEWER,
        "admin.word_group": Role.VIEWER,
        "admin.words": Role.VIEWER,
    }
)
"""The least role for every other endpoint, one line for each."""


class SignedIn(UserMixin):  # type: ignore[misc]
    """An officer as flask-login keeps one: named in the cookie by the session, and not by who it is."""

    def __init__(self, officer: Officer, session_id: str) -> None:
        self.officer = officer
        self.id = session_id


def current_officer() -> Officer:
    """Who is signed in; views that need a role find somebody."""
    officer: Officer = g.officer
    return officer


def current_session_id() -> str:
    """The id of their session."""
    return str(current_user.get_id())


def actor() -> str:
    """Who is signed in, as operations take and keep it."""
    return current_officer().actor


def account_keys() -> AccountKeys:
    """The keys of what officers sign in with."""
    return AccountKeys(current_settings().secret_key)


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(session_id: str) -> SignedIn | None:
    officer = signed_in(db.session(), session_id, clock.now())
    return None if officer is None else SignedIn(officer, session_id)


@admin.before_request
def _admit() -> Page | None:
    user = current_user._get_current_object()  # noqa: SLF001 - flask-login's own way to the user itself
    g.officer = user.officer if isinstance(user, SignedIn) else None
    if request.endpoint not in OPEN_ENDPOINTS:
        if g.officer is None:
            return _to_sign_in()
        least = LEAST_ROLE.get(request.endpoint or "")
        if least is None or not g.officer.role.may(least):
            abort(HTTPStatus.FORBIDDEN)
    if request.endpoint in UPLOADS:
        request.max_content_length = LARGEST_UPLOAD
    forged_forms.protect()
    return None


@admin.errorhandler(CSRFError)
def _answer_forged(_error: CSRFError) -> Page:
    """A form that does not come from a page of this session: nothing is done."""
    return render("admin/form_too_old.html", texts=lost_texts()), HTTPStatus.BAD_REQUEST


def _to_sign_in() -> Page:
    """To the door, and after it to the page that was asked for; but first to what was typed, if anything was."""
    if texts := lost_texts():
        return render("admin/session_over.html", texts=texts), HTTPStatus.FORBIDDEN
    back = request.full_path.rstrip("?") if request.method in SAFE_METHODS else None
    return redirect(url_for("admin.sign_in", next=back), HTTPStatus.SEE_OTHER)


@admin.context_processor
def _signed_in_officer() -> dict[str, object]:
    """Who is signed in, for the head of each page; nobody at the door, or while the database cannot be asked."""
    return {"officer": g.get("officer")}
