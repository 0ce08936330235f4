"""Succession over the REST API."""

TAGS = ["Succession"]
