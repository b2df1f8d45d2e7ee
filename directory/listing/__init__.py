"""Listing: whether an organisation stands in the directory, by whose decision, and for what reason."""
