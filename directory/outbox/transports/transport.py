"""What every transport promises, and the three ways in which it can fail."""

from typing import Protocol

from directory.outbox.letter import Letter


class Refused(Exception):
    """The other side refused this letter for good. `code` is what it gave."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TryLater(Exception):
    """This letter could not be taken now. Whether it was taken after all may be unknown."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unreachable(TryLater):
    """No letter can leave now: the server is away, or will not have us."""


class Transport(Protocol):
    """Takes letters, one after another."""

    def send(self, letter: Letter) -> None:
        """Return when the letter is taken. Raises Refused, TryLater or Unreachable."""

    def close(self) -> None:
        """Let go of connections; another `send` opens them again."""
