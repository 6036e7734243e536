"""Coverage-guided fuzzing of reading, parsing and finding.

    python tests/fuzz/parse_fuzz.py -max_total_time=30

Needs the extra [fuzz] (atheris). Any crash, or an offset that does not hold, ends the run.
"""

import sys

import atheris

with atheris.instrument_imports():
    from policy_atlas.cleaning import squeeze
    from policy_atlas.documents import structure
    from policy_atlas.documents.document import parse
    from policy_atlas.documents.reading import decode
    from policy_atlas.errors import AtlasError
    from policy_atlas.places.matching import matcher
    from policy_atlas.places.mentions import find

ENGINE = matcher()


def check(data: bytes) -> None:
    """Read bytes as a file would be read; a refusal is fine, a crash or a wrong offset is not."""
    try:
        raw = decode(data, "fuzz.txt")
    except AtlasError:
        raw = data.decode("utf-8", errors="replace")
    document = parse("fuzz", raw, None, ENGINE.crosses)
    held = "".join(document.text(one.start, one.end) for one in document.sentences)
    assert held == squeeze(raw), "sentences do not hold the text"
    for mention in find(document, ENGINE)[0]:
        assert squeeze(raw[mention.start : mention.end]) == mention.surface


def main() -> None:
    """Run until the time that the command line gives is over."""
    assert structure.NUMERALS
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
