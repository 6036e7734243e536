"""The one exception that reaches a user: what went wrong, with which value, and what to do."""


class AtlasError(ValueError):
    """A problem with an input that its owner can mend; the message is one line for people."""
