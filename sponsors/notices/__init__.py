"""What people are told about the clinic, split by noun."""
