"""A long text is decided in blocks; where they are cut changes nothing."""

import pytest

from policy_atlas.documents.document import Document
from policy_atlas.places import mentions


def test_a_text_read_in_blocks_gives_the_same_mentions(complete: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, rejected = mentions.find(complete)
    assert len(kept) > 100
    monkeypatch.setattr(mentions, "_BLOCK", 100)
    assert mentions.find(complete) == (kept, rejected)
