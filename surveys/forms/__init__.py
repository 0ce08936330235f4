"""The forms of surveys, split by noun."""
