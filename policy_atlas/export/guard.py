"""Text from documents made safe for XML."""

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(value: object) -> str:
    """Return text without the characters that XML 1.0 does not allow."""
    return _FORBIDDEN.sub("", str(value))
