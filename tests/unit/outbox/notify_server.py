"""A server on loopback that answers as the documentation of GOV.UK Notify says its own does."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt

SERVICE, SECRET = str(uuid4()), str(uuid4())
API_KEY = f"directory-{SERVICE}-{SECRET}"
TEMPLATE = str(uuid4())
Answer = tuple[int, dict[str, Any]]


def failure(status: int, kind: str, message: str) -> Answer:
    return status, {"status_code": status, "errors": [{"error": kind, "message": message}]}


@dataclass
class Notify:
    """What the service was sent. `refuses` answers the next sendings instead; what is in it is used up."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    refuses: list[Answer] = field(default_factory=list)
    loses_answers: bool = False
    asked: int = 0

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: dict[str, Any]) -> Answer:
        match method, path:
            case "POST", "/v2/notifications/email":
                return self.refuses.pop(0) if self.refuses else self._take(body)
            case "GET", "/v2/notifications":
                self.asked += 1
                asked = {name: query[name][0] for name in ("reference", "status") if name in query}
                found = [n for n in reversed(self.sent) if asked.items() <= n.items()]
                return 200, {"notifications": found, "links": {"current": path}}
            case "GET", str() if path == f"/v2/template/{TEMPLATE}":
                return 200, {
                    "id": TEMPLATE,
                    "subject": "((subject))",
                    "body": "((body))",
                    "type": "email",
                    "version": 1,
                }
        return failure(404, "NoResultFound", "No result found")

    def _take(self, body: dict[str, Any]) -> Answer:
        if body["template_id"] != TEMPLATE:
            return failure(400, "BadRequestError", "Template not found")
        kept = {"id": str(uuid4()), "status": "created", "type": "email", **body}
        self.sent.append(kept)
        if self.loses_answers:
            return failure(503, "ServiceUnavailable", "down")
        return 201, {"id": kept["id"], "reference": body["reference"], "content": {}, "uri": "", "template": {}}


@contextmanager
def notify_server(notify: Notify) -> Iterator[str]:
    """The address of the service."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _answer(self, body: dict[str, Any]) -> None:
            address = urlsplit(self.path)
            status, answer = self._refusal() or notify.answer(self.command, address.path, parse_qs(address.query), body)
            written = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        def _refusal(self) -> Answer | None:
            try:
                claims = jwt.decode(self.headers["Authorization"].removeprefix("Bearer "), SECRET, algorithms=["HS256"])
            except jwt.InvalidTokenError:
                return failure(403, "AuthError", "Invalid token: signature, api token not found")
            return None if claims["iss"] == SERVICE else failure(403, "AuthError", "Invalid token: service not found")

        def log_message(self, *_given: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
