"""The pages of the Passport, split by what one comes for."""
