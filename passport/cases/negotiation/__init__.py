"""Negotiations: packages of issues, a counterpart that answers by rules, and a look at what was possible."""
