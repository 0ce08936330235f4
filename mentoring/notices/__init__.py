"""What people are told about mentoring, split by noun."""
