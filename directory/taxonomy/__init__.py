"""Taxonomy: the grounds, kinds of service, languages, areas and access features, each named per language."""
