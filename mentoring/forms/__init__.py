"""The forms of mentoring, split by noun."""
