"""The exposure log: when it is asked for, by which link, and what comes of it."""
