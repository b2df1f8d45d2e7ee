"""Signs that an entry may be wrong. They become tasks for people; none changes an entry or its confirmed date."""
