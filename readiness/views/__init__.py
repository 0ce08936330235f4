"""The pages of the Leadership Readiness Score, split by what one comes for."""
