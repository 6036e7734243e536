"""Where the tables, boundaries and source documents lie, in a checkout or in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _root() -> Path:
    """Return the checkout's top folder, or the copy that the wheel carries inside the package."""
    bundled = _PACKAGE / "bundled"
    return bundled if bundled.is_dir() else _PACKAGE.parent


ROOT = _root()
DATA = ROOT / "data"
GEO = ROOT / "geo"
SEEDS = ROOT / "seeds"
DASHBOARD = ROOT / "dashboard.py"
