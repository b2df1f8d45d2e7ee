"""Checks: asking organisations to confirm their entries, and what they answer."""
