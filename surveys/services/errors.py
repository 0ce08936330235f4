"""What a service refuses for the state that something is in."""


class WaveStateError(ValueError):
    """The wave is not in the state that this needs, or would not be in one that it may have."""
