"""What is held about people: kept no longer than it is needed, shown to whom it is about, and erased."""
