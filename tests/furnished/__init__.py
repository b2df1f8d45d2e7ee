"""A directory in which everything there can be is there once: each record in each of its states.

`furnish` fills it in, `addresses` gives every address of the desk with every record that its route can name, `forms`
fills in the forms of its pages as a person would. What pages must be for whatever they show is tried on it.
"""
