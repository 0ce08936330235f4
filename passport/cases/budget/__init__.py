"""Budget cases: a sheet to balance, changes to justify, a finance officer who answers by rules, a summary."""
