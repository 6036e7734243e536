"""Why a file is not taken: one reason per row of refusals.csv, in the reader's language."""

import csv
from functools import lru_cache
from pathlib import Path
from typing import Any

from policy_atlas.errors import AtlasError

_SHOWN = 120


@lru_cache(maxsize=1)
def reasons() -> dict[str, dict[str, str]]:
    """Return the sentences of every reason, by key and language (zh, en)."""
    with Path(__file__).with_name("refusals.csv").open(encoding="utf-8", newline="") as stream:
        return {row["key"]: {"zh": row["zh"], "en": row["en"]} for row in csv.DictReader(stream)}


class RefusedError(AtlasError):
    """A file that is not taken; `key` names the reason, `values` fill its sentence."""

    def __init__(self, key: str, name: str, **values: Any) -> None:
        self.key, self.name, self.values = key, name, values
        super().__init__(self.sentence("en"))

    def sentence(self, lang: str) -> str:
        """Return the reason as one line in `lang` ('zh' or 'en'); the file's name has its odd characters escaped."""
        return reasons()[self.key][lang].format(name=shown(self.name, lang), **self.values)

    def __reduce__(self) -> tuple[Any, ...]:
        """Let another process raise it again."""
        return _again, (self.key, self.name, self.values)


def _again(key: str, name: str, values: dict[str, Any]) -> RefusedError:
    return RefusedError(key, name, **values)


def shown(name: str, lang: str = "en") -> str:
    """Return a file's name as it is safe to print: quoted, invisible characters escaped, cut if very long."""
    quoted = repr(name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…")
    return f"“{quoted[1:-1]}”" if lang == "zh" else quoted
