"""The one error that ends a command with a sentence instead of a traceback."""


class LaunchError(Exception):
    """What went wrong and what to do about it, in words for the person at the terminal."""
