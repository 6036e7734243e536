"""What a deployment allows: how large, how many, how long; each value from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from policy_atlas.errors import AtlasError

PREFIX = "POLICY_ATLAS_"
_SWITCH = {"on": True, "1": True, "true": True, "yes": True, "off": False, "0": False, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one deployment; a field `max_mb` is set by the variable POLICY_ATLAS_MAX_MB."""

    max_mb: int = 20
    """Largest file, in MiB."""
    max_chars: int = 2_000_000
    """Longest text of a file, in code points."""
    max_files: int = 50
    """Most files that one session holds."""
    seconds: int = 20
    """Longest processor time for reading and counting one file; the clock may run twice as long."""
    memory_mb: int = 1536
    """Memory that reading one file may add to the reading process, in MiB."""
    workers: int = 2
    """Most reading processes of one server at a time; further files wait their turn."""
    uploads: bool = True
    """Whether readers may bring documents of their own."""
    demo: bool = False
    """Whether the page only shows what it ships with; switches uploads off too."""
    sign_in: bool = False
    """Whether the page asks for sign-in (OIDC, see docs/deployment.md) before it shows anything."""

    @property
    def max_bytes(self) -> int:
        """Largest file, in bytes."""
        return self.max_mb * 1024 * 1024

    @property
    def takes_uploads(self) -> bool:
        """Whether the upload part of the page is shown."""
        return self.uploads and not self.demo

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Return the limits that the environment sets; a value that is none of its kind is an AtlasError."""
        values = os.environ if environment is None else environment
        found: dict[str, Any] = {}
        for field in fields(cls):
            name = PREFIX + field.name.upper()
            if given := values.get(name, "").strip():
                found[field.name] = _switch(name, given) if field.type is bool else _number(name, given)
        return cls(**found)


def _number(name: str, given: str) -> int:
    if not given.isascii() or not given.isdecimal() or not 1 <= int(given) <= 1_000_000_000:
        raise AtlasError(f"{name} is {given!r}: give a whole number of at least 1.")
    return int(given)


def _switch(name: str, given: str) -> bool:
    if given.lower() not in _SWITCH:
        raise AtlasError(f"{name} is {given!r}: give on or off.")
    return _SWITCH[given.lower()]
