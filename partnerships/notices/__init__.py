"""What partners are told, split by noun."""
