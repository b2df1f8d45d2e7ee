"""The Haringey support directory: `create_app` puts its parts together."""

from flask import Flask

from directory.cli import register_commands
from directory.config import Settings
from directory.web.admin import admin, invitation
from directory.web.counting import init_counting
from directory.web.desk_sessions import init_desk_sessions
from directory.web.development import development
from directory.web.emails import EmailWriter
from directory.web.errors import register_error_pages
from directory.web.extensions import init_extensions
from directory.web.kept import init_kept
from directory.web.limits import init_limits
from directory.web.locale import init_locale
from directory.web.mailing import init_mailing
from directory.web.public import crawler_files, public
from directory.web.requests import init_requests
from directory.web.searching import init_search
from directory.web.security import init_security
from directory.web.templating import init_templating
from directory.web.update import agreement, update


def create_app(settings: Settings) -> Flask:
    """The application, wired from its settings."""
    app = Flask(__name__)
    app.config.from_mapping(settings.for_flask())
    init_extensions(app, settings)
    init_kept(app)
    init_limits(app)
    init_search(app, settings)
    init_counting(app)
    init_locale(app)
    init_requests(app)
    init_templating(app)
    init_desk_sessions(app, settings)
    init_mailing(app, EmailWriter(app, settings))
    init_security(app, settings.proxy_hops)
    app.register_blueprint(public)
    app.register_blueprint(crawler_files)
    app.register_blueprint(update)
    app.register_blueprint(agreement)
    app.register_blueprint(admin)
    app.register_blueprint(invitation)
    if settings.development:
        app.register_blueprint(development)
    register_error_pages(app)
    register_commands(app)
    return app
