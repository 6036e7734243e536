"""The page's icon: a picture of our own, so that no browser asks a font host for it."""

from pathlib import Path

ICON = str(Path(__file__).with_name("icon.png"))
