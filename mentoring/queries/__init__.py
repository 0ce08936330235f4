"""What mentoring asks of its tables, split by noun."""
