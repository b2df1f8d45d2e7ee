"""Units of an entry in plain English, for officers: what each is called, what it says, and which words differ."""
