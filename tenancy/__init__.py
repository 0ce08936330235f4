"""Organisations, the tenant scope, row security, the audit trail and the job ledger."""
