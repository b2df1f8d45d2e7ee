"""The blueprint of the desk, where the Community Safety Team works. Its rule of access stands in `access.py`.

Its words are English alone (docs/adr/0010): views and templates hold them as they are shown.
"""

from http import HTTPStatus

from flask import Blueprint
from werkzeug.wrappers import Response

from directory.web.desk_sessions import DESK

Page = str | tuple[str, HTTPStatus] | Response
"""What a view gives back."""

admin = Blueprint("admin", __name__, url_prefix=DESK)
