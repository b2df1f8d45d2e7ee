"""Figures about the directory itself, never about its readers."""
