"""Write data/characters.csv: the Simplified character for each Traditional or compatibility character.

A character is folded only where the standard set of Simplified Chinese (GB/T 2312) does not hold
it: 乾 and 著 are both, and stay. The variants come from Unicode (NFKC) and OpenCC (t2s).

    python data/build_characters.py            writes the table
    python data/build_characters.py --check    compares and writes nothing
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from importlib.util import find_spec
from pathlib import Path

OUTPUT = Path(__file__).parent / "characters.csv"
HAN_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x2F00, 0x2FE0))


def table() -> str:
    """Return the whole table as text."""
    from opencc import OpenCC

    chars = "\n".join(chr(code) for first, last in HAN_BLOCKS for code in range(first, last))
    simplified = OpenCC("t2s").convert(unicodedata.normalize("NFKC", chars)).split("\n")
    usual = usual_characters()
    lines = ["variant,character"]
    for char, simple in zip(chars.split("\n"), simplified, strict=True):
        if char != simple and len(simple) == 1 and char not in usual:
            lines.append(f"{char},{simple}")
    return "\n".join([*lines, ""])


def usual_characters() -> frozenset[str]:
    """Return the characters of GB/T 2312, the standard set of Simplified Chinese."""
    codes = bytes(byte for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF) for byte in (row, cell))
    return frozenset(codes.decode("gb2312", errors="ignore"))


def main() -> int:
    """Write the table, or compare it with ``--check``; return the exit status."""
    parser = argparse.ArgumentParser(description="Write data/characters.csv from Unicode and the package OpenCC.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing; exit code 1 if it differs")
    options = parser.parse_args()
    if find_spec("opencc") is None:
        raise SystemExit('the package OpenCC is not installed: pip install -e ".[geo]", then run this again')
    text = table()
    if options.check:
        same = OUTPUT.is_file() and OUTPUT.read_bytes() == text.encode()
        if not same:
            sys.stderr.write("characters.csv differs from its source; run data/build_characters.py\n")
        return 0 if same else 1
    OUTPUT.write_bytes(text.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
