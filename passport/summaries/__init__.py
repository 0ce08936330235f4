"""The promotion summary: what is attested of somebody, on one page that can be checked."""
