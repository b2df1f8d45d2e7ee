"""The words of the mails: what the outbox holds as ids becomes an email in the reader's language."""

from directory.web.emails.writer import EmailWriter

__all__ = ["EmailWriter"]
