"""The blueprint of the developers' pages. They are in English alone."""

from flask import Blueprint

development = Blueprint("development", __name__)
