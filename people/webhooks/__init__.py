"""Webhooks: telling an organisation's other systems that something happened, without saying what it says."""
