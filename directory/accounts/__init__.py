"""Officers: who they are, what each may do, how they sign in, and until when."""
