"""Organisations: what is listed, its services and locations, and every revision that was made public."""
