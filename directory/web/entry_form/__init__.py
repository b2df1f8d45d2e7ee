"""The form in which an entry is edited, whole or section by section; whichever face shows it brings the `<form>`.

`EntryForm` (form) is all that a face needs, with the macro `entry_form` of `templates/entry_form/form.html`.
"""
