"""Tables of officers: what each may do and signs in with, sessions, recovery codes, invitations and counted tries."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.accounts.rules import OfficerState, Purpose, Role
from directory.database import Base, enumeration


class OfficerRow(Base):
    """Somebody who may use the desk. Name and address stand in the table of people."""

    __tablename__ = "officer"
    __table_args__ = (
        CheckConstraint("state <> 'active' OR (password_hash <> '' AND sealed_secret <> '')", name="active"),
        CheckConstraint("last_code_step >= 0", name="last_code_step"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    role: Mapped[Role] = mapped_column(enumeration(Role, "role"))
    state: Mapped[OfficerState] = mapped_column(enumeration(OfficerState, "state"))
    password_hash: Mapped[str] = mapped_column(Text)
    sealed_secret: Mapped[str] = mapped_column(Text)
    """What the codes of their app are made of, sealed."""
    last_code_step: Mapped[int] = mapped_column(Integer)
    """The half minute of the last code that was taken: it and those before are taken no more."""
    weekly_digest: Mapped[bool]
    created_at: Mapped[datetime]


class OfficerSessionRow(Base):
    """One signing in, from its start to its end. The id is what a cookie names."""

    __tablename__ = "officer_session"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class RecoveryCodeRow(Base):
    """A code on paper for whoever has lost their phone, as a keyed hash."""

    __tablename__ = "recovery_code"

    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(Text, primary_key=True)
    used_at: Mapped[datetime | None]


class InvitationRow(Base):
    """A link by which an officer chooses what they sign in with. Its id says nothing, and is signed anew."""

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint("expires_at > issued_at", name="expires"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(enumeration(Purpose, "purpose"))
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SignInTriesRow(Base):
    """Tries to sign in since the last one that was right, by what was typed or by a known browser, as a keyed hash."""

    __tablename__ = "sign_in_tries"
    __table_args__ = (CheckConstraint("tries > 0", name="tries"),)

    digest: Mapped[str] = mapped_column(Text, primary_key=True)
    tries: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[datetime] = mapped_column(index=True)
    free_at: Mapped[datetime]
    """When the next one is looked at."""
