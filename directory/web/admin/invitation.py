"""Where the link of an invitation leads: a page that changes nothing, sets no cookie, and leads on to the desk.

Programs that read mail open links too. What an officer's codes are made of is shown on the next page alone.
"""

from http import HTTPStatus

from flask import Blueprint

from directory import clock
from directory.accounts.invitations import JOIN, Invitation, open_invitation
from directory.accounts.rules import InvitationOver, InvitationUnknown, Purpose
from directory.checks.links import BadToken, LinkSigner
from directory.web.admin.blueprint import Page, admin
from directory.web.extensions import current_settings, db
from directory.web.templating import render

invitation = Blueprint("invitation", __name__, url_prefix="/j")


@invitation.get("/<token>")
def invited(token: str) -> Page:
    """What the link is for, and the way on."""
    opened = opened_by(token)
    is_reset = opened.purpose is Purpose.RESET
    return render("admin/invited.html", token=token, name=opened.officer.name, is_reset=is_reset)


def opened_by(token: str) -> Invitation:
    """The invitation that a token names. Raises BadToken, InvitationUnknown or InvitationOver, which have pages."""
    invitation_id = LinkSigner(current_settings().link_keys, JOIN).link_id(token)
    opened = open_invitation(db.session(), invitation_id, clock.now())
    if opened.purpose is Purpose.DEMO:
        raise InvitationUnknown(invitation_id)
    return opened


@invitation.errorhandler(BadToken)
@invitation.errorhandler(InvitationUnknown)
@admin.errorhandler(BadToken)
@admin.errorhandler(InvitationUnknown)
def _answer_unknown(_error: Exception) -> Page:
    return render("admin/invitation_unknown.html"), HTTPStatus.NOT_FOUND


@invitation.errorhandler(InvitationOver)
@admin.errorhandler(InvitationOver)
def _answer_over(_error: Exception) -> Page:
    return render("admin/invitation_over.html"), HTTPStatus.GONE
