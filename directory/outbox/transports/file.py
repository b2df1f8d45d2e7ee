"""Letters as files in a folder, for development and for machines that hand mail on by themselves."""

import os
from pathlib import Path

from directory.outbox.letter import Letter
from directory.outbox.transports.transport import Unreachable


class FileTransport:
    """Writes each letter to `<reference>.eml`, which appears whole; a letter sent again replaces itself.

    The files hold addresses and links that work: the folder is made for its owner alone. The return path stands as
    `Return-Path` at the head, where a server puts it when it delivers.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, letter: Letter) -> None:
        """Write the file and have it on the disk before it gets its name."""
        unfinished = self._folder / f".{letter.reference}.part"
        head = f"Return-Path: <{letter.return_path}>\n".encode("ascii")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with unfinished.open("wb") as file:
                file.write(head + letter.message.as_bytes(policy=letter.message.policy.clone(linesep="\n")))
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(self._folder / f"{letter.reference}.eml")
        except OSError as error:
            raise Unreachable("folder") from error

    def close(self) -> None:
        """There is nothing to let go of."""
