"""Partnerships over the REST API, by the rules and words of the pages; one module a noun, as the views."""

TAGS = ["Partnerships"]
