"""Imports: a spreadsheet on its way in, from its upload to what became of each entry in it."""
