"""As much of an IMAP server as it takes to read, mark and delete mails in one mailbox."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread


@dataclass
class Kept:
    """The mails of a mailbox by their number, and what is known of them."""

    mails: dict[int, bytes] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    deleted: set[int] = field(default_factory=set)

    def put(self, *mails: bytes) -> None:
        for mail in mails:
            self.mails[max(self.mails, default=0) + 1] = mail.replace(b"\n", b"\r\n")

    def expunge(self) -> None:
        for uid in self.deleted:
            self.mails.pop(uid, None)


class Server(ThreadingTCPServer):
    """Serves one mailbox to one user."""

    daemon_threads = True

    def __init__(self, kept: Kept, user: str, password: str) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.kept, self.login = kept, [user, password]


class Conversation(StreamRequestHandler):
    """Obeys one client, a line at a time."""

    server: Server

    def handle(self) -> None:
        self.say(b"* OK ready")
        while line := self.rfile.readline().strip().decode():
            tag, _, command = line.partition(" ")
            self.say(f"{tag} {self.obey(command)}".encode())
            if command == "LOGOUT":
                return

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def obey(self, command: str) -> str:
        kept = self.server.kept
        match command.replace('"', "").split(maxsplit=3):
            case ["CAPABILITY"]:
                self.say(b"* CAPABILITY IMAP4rev1")
            case ["LOGIN", *given] if given != self.server.login:
                return "NO wrong"
            case ["SELECT", *_]:
                self.say(f"* {len(kept.mails)} EXISTS".encode())
            case ["UID", "SEARCH", *_]:
                self.search(command.removeprefix("UID SEARCH"))
            case ["UID", "FETCH", uid, _]:
                mail = kept.mails[int(uid)]
                self.say(f"* {uid} FETCH (UID {uid} FLAGS () BODY[] {{{len(mail)}}}".encode())
                self.say(mail + b")")
            case ["UID", "STORE", uid, flags]:
                (kept.deleted if "Deleted" in flags else kept.seen).add(int(uid))
            case ["EXPUNGE"]:
                kept.expunge()
            case ["LOGOUT"]:
                self.say(b"* BYE")
        return "OK done"

    def search(self, criteria: str) -> None:
        kept, asked = self.server.kept, re.search(r"UID (\d+)", criteria)
        found = [int(asked[1])] if asked else sorted(kept.mails.keys() - kept.seen)
        self.say(f"* SEARCH {' '.join(map(str, found))}".encode())


@contextmanager
def imap_server(kept: Kept, user: str, password: str) -> Iterator[int]:
    """The port of a server with this mailbox."""
    with Server(kept, user, password) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
