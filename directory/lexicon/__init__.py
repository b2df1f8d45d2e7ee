"""Lexicon: the words that people use, in their languages, and what they mean in the taxonomy."""
