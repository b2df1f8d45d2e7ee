"""Tasks: what only a person at the Community Safety Team can do."""
