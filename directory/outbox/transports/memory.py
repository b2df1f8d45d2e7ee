"""Letters kept in a list, for tests and for the simulation."""

from directory.outbox.letter import Letter


class MemoryTransport:
    """Takes every letter."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def send(self, letter: Letter) -> None:
        """Keep the letter."""
        self.letters.append(letter)

    def close(self) -> None:
        """There is nothing to let go of."""
