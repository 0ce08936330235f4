"""The pages of surveys, split by noun."""
