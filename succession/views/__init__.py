"""The pages of succession, split by what one comes for."""
