"""Changes: what somebody proposes an entry should say, waiting for a decision unit by unit."""
