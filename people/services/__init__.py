"""The business acts of people, split by noun."""
