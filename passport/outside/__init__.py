"""Results of skill pods from a learning system: what its statements say, and what becomes of them here."""
