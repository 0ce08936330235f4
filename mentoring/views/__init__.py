"""The pages of mentoring, split by noun."""
