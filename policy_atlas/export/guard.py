"""Text from documents made safe for spreadsheets and XML."""

import re

FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def cell(value: object) -> object:
    """Return a CSV cell that no spreadsheet takes for a formula: such text gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def xml_text(value: object) -> str:
    """Return text without the characters that XML 1.0 does not allow."""
    return _FORBIDDEN.sub("", str(value))
