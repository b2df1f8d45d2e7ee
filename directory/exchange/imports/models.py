"""Tables of imports: a file and how it is read, each organisation in it, what was chosen for such files before."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.changes.rules import HowChecked
from directory.database import Base, enumeration
from directory.exchange.imports.rules import EntryState, ImportState, Treatment
from directory.exchange.record_cells import Mode


class ImportRow(Base):
    """One file that somebody brings in."""

    __tablename__ = "import_run"
    __table_args__ = (
        CheckConstraint("started_by <> ''", name="started_by"),
        CheckConstraint("(state IN ('done', 'cancelled', 'failed')) = (ended_at IS NOT NULL)", name="ended"),
        CheckConstraint("ended_at IS NULL OR content IS NULL", name="content"),
        CheckConstraint("(lease_until IS NULL) = (lease_by = '')", name="lease"),
        CheckConstraint("done >= 0 AND total >= 0", name="progress"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[ImportState] = mapped_column(enumeration(ImportState, "state"), index=True)
    started_at: Mapped[datetime] = mapped_column(index=True)
    started_by: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """The file itself; deleted when the import ends."""
    encoding: Mapped[str] = mapped_column(Text)
    """How its text is written; empty for Excel."""
    delimiter: Mapped[str] = mapped_column(Text)
    encoding_is_guessed: Mapped[bool]
    headings: Mapped[list[str]] = mapped_column(JSON)
    matching: Mapped[list[str]] = mapped_column(JSON)
    """For each heading the key of the slot that its column fills, or nothing."""
    day_first: Mapped[bool]
    day_first_is_guessed: Mapped[bool]
    mode: Mapped[Mode] = mapped_column(enumeration(Mode, "mode"))
    words: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)
    """What unknown words mean: by kind of term and folded word the code, or nothing for a word to leave out."""
    source: Mapped[str] = mapped_column(Text)
    """Where the file comes from, in the officer's words."""
    is_split: Mapped[bool]
    """Whether its entries have been told apart."""
    publishes: Mapped[bool]
    """Whether its entries are published at once, not sent to be approved."""
    how_checked: Mapped[HowChecked | None] = mapped_column(enumeration(HowChecked, "how_checked"))
    total: Mapped[int] = mapped_column(Integer)
    """Entries to do in what is going on; 0 before that is known."""
    done: Mapped[int] = mapped_column(Integer)
    lease_until: Mapped[datetime | None]
    lease_by: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(Text)
    """Why it failed: a limit of files, or the kind of error."""
    samples: Mapped[list[list[str]]] = mapped_column(JSON)
    """What stands in the first rows of each column, for somebody who is to say what it is; emptied with the file."""


class ImportEntryRow(Base):
    """One organisation of a file."""

    __tablename__ = "import_entry"

    run_id: Mapped[UUID] = mapped_column(ForeignKey("import_run.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    state: Mapped[EntryState] = mapped_column(enumeration(EntryState, "state"), index=True)
    treatment: Mapped[Treatment] = mapped_column(enumeration(Treatment, "treatment"))
    first_row: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Text)
    lines: Mapped[list[Any]] = mapped_column(JSON)
    """Its rows: the number of each and its texts by slot. Emptied when the import ends, like the next three."""
    proposed: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    findings: Mapped[list[Any]] = mapped_column(JSON)
    alike: Mapped[list[Any]] = mapped_column(JSON)
    """What it looks like: entries of ours, other rows of the file, what is not to be listed again."""
    has_alike: Mapped[bool]
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The entry of ours that it is about; of a new one from its publication on."""
    base_revision: Mapped[int] = mapped_column(Integer)
    differences: Mapped[int] = mapped_column(Integer)
    last_checked: Mapped[date | None]
    change_id: Mapped[UUID | None] = mapped_column(ForeignKey("change.id", ondelete="SET NULL"), index=True)


class ImportMemoryRow(Base):
    """What was chosen for files with the same headings."""

    __tablename__ = "import_memory"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    """A digest of the headings."""
    matching: Mapped[list[str]] = mapped_column(JSON)
    words: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)
    mode: Mapped[Mode] = mapped_column(enumeration(Mode, "mode"))
    source: Mapped[str] = mapped_column(Text)
    used_at: Mapped[datetime]
