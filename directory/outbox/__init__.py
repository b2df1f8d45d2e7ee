"""The outbox: mails as intents without words, link or address; what carries them out, and what reads their returns."""
