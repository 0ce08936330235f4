"""Stages, milestones and stamps: the Leadership Passport."""
