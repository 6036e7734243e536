"""The seeds are what was received, and a changed byte is noticed."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from policy_atlas.errors import AtlasError
from policy_atlas.paths import SEEDS
from policy_atlas.sources import Source, load_sources, read_document, read_witness


def test_the_register_says_who_issued_what_and_when(source: Source) -> None:
    assert source.title.endswith("关于新时代推进西部大开发形成新格局的指导意见")
    assert source.date == date(2020, 5, 17)
    assert [witness.witness for witness in source.witnesses] == ["complete", "partial"]
    assert source.base.witness == "complete"


def test_a_changed_byte_is_an_error_that_names_the_file_and_both_hashes(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    witness = load_sources(tmp_path / "seeds")[0].base
    raw = bytearray(witness.path.read_bytes())
    raw[100] ^= 1
    witness.path.write_bytes(raw)
    with pytest.raises(AtlasError) as caught:
        read_witness(witness)
    message = str(caught.value)
    assert witness.path.name in message
    assert witness.sha256 in message
    assert len([word for word in message.replace(",", " ").replace(".", " ").split() if len(word) == 64]) == 2


def test_two_base_witnesses_are_refused(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    register = tmp_path / "seeds" / "sources.toml"
    register.write_text(register.read_text(encoding="utf-8").replace("base = false", "base = true"), encoding="utf-8")
    with pytest.raises(AtlasError, match="exactly one witness"):
        load_sources(tmp_path / "seeds")


def test_a_missing_seed_is_named(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    source = load_sources(tmp_path / "seeds")[0]
    source.base.path.unlink()
    with pytest.raises(AtlasError, match=source.base.path.name):
        read_document(source)
