"""Letters by GOV.UK Notify, through its own client."""

from http import HTTPStatus
from typing import Any

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from directory.outbox.letter import Letter, one_line
from directory.outbox.transports.transport import Refused, TryLater, Unreachable

TIMEOUT = 30
ON_ITS_WAY = frozenset({"created", "sending", "pending", "sent", "delivered"})
REFUSED = "permanent-failure"


class NotifyTransport:
    """Gives subject and text to one template of ours at Notify, whose fields are ((subject)) and ((body)).

    A letter that was tried before is asked for by its reference first, and sent again only if Notify does not know it
    or has given up for a reason that may have passed. Notify remembers references for seven days.

    Notify makes the mail itself, so these promises cannot be kept with it: the Message-ID is Notify's, and another one
    if a letter is sent twice; there is no signed return path, so what bounces is told by asking (`refused`) and
    never by mail; `Auto-Submitted` is not ours to set; the HTML is Notify's own; how lines are broken, and so that the
    link stands whole on its line, is not in our hands; nor is the sender's address beyond its choice there.
    """

    def __init__(self, *, api_key: str, template_id: str, reply_to_id: str = "", base_url: str) -> None:
        self._client = NotificationsAPIClient(api_key, base_url=base_url, timeout=TIMEOUT)
        self._template_id, self._reply_to_id = template_id, reply_to_id

    def send(self, letter: Letter) -> None:
        """Return when Notify has the letter, now or from an earlier try."""
        try:
            if letter.was_tried:
                status = self._status(letter.reference)
                if status in ON_ITS_WAY:
                    return
                if status == REFUSED:
                    raise Refused(REFUSED)
            self._client.send_email_notification(
                email_address=letter.to,
                template_id=self._template_id,
                personalisation={"subject": one_line(letter.email.subject), "body": letter.email.text},
                reference=letter.reference,
                email_reply_to_id=self._reply_to_id or None,
            )
        except APIError as error:
            raise _failure(error) from error

    def refused(self) -> list[str]:
        """The references of the last letters (at most 250, of seven days) that it could not deliver for good.

        Raises Unreachable.
        """
        try:
            known = self._client.get_all_notifications(status=REFUSED, template_type="email")["notifications"]
        except APIError as error:
            raise Unreachable(str(error.status_code)) from error
        return [str(letter["reference"]) for letter in known if letter.get("reference")]

    def check(self) -> tuple[str, str]:
        """The subject and the body of our template at Notify. Raises Unreachable, with the code of its answer."""
        try:
            template = self._client.get_template(self._template_id)
        except APIError as error:
            raise Unreachable(str(error.status_code)) from error
        return str(template.get("subject", "")), str(template.get("body", ""))

    def close(self) -> None:
        """End the connections."""
        self._client.request_session.close()

    def _status(self, reference: str) -> str:
        """How the newest letter of a reference stands; "" if Notify knows none."""
        known = self._client.get_all_notifications(template_type="email", reference=reference)["notifications"]
        return str(known[0]["status"]) if known else ""


def _failure(error: APIError) -> Exception:
    """What an answer of Notify means: of 400 only a wrong address is held against the letter, the rest against us."""
    code = str(error.status_code)
    match error.status_code:
        case HTTPStatus.BAD_REQUEST:
            return Refused(code) if _is_about_address(error.message) else Unreachable(code)
        case HTTPStatus.INTERNAL_SERVER_ERROR:
            return TryLater(code)
        case _:
            return Unreachable(code)


def _is_about_address(errors: Any) -> bool:
    found = errors if isinstance(errors, list) else []
    return any("email_address" in str(error.get("message", "")) for error in found)
