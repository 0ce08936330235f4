"""PostgreSQL with the tenant written at the start of every transaction."""
