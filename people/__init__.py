"""Persons, units, positions, reporting lines, roles, cohorts, imports and provisioning."""
