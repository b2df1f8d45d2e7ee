"""People: the one place that holds names and addresses of persons, so that erasing somebody blanks one row."""
