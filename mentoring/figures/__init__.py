"""Figures of mentoring in words, rows and charts, split by noun. No queries."""
