"""The seeds are what was received, and a changed byte is noticed."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from policy_atlas.documents.sources import Source, load_sources, read_document, read_witness
from policy_atlas.errors import AtlasError
from policy_atlas.paths import SEEDS


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


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('title = "', 'titel = "', r"\[\[document\]\] 1: unknown key 'titel'; did you mean 'title'\?"),
        ('doc_id = "west-2020"\n', "", r"\[\[document\]\] 1: the key 'doc_id' is missing: add it"),
        ('"west-2020"', '"west 2020/a"', r"doc_id = 'west 2020/a': write letters"),
        ("date = 2020-05-17", 'date = "2020-05-17"', r"date = '2020-05-17': write a day as 2020-05-17, without quotes"),
        ("date = 2020-05-17", "date = 2020-05-17T08:00:00", r"date = datetime.*: write a day"),
        ("date = 2020-05-17", "date = 2020-17-05", r"sources\.toml' cannot be read"),
        ("base = true", 'base = "yes"', r"\(west-2020\), witness 1: base = 'yes': write true or false"),
        ('sha256 = "b12f', 'sha256 = "b1', r"witness 1: sha256 = 'b1.*write the 64 hexadecimal digits"),
        ('file = "001_', 'file = "../001_', r"file = '\.\./001_.*write the name of a file beside sources\.toml"),
        ('witness = "partial"', 'witness = "complete"', r"witness = 'complete' stands twice"),
        ("[[document]]", "[[documents]]", r"at its top: unknown key 'documents'; did you mean 'document'\?"),
        ('title = "', 'title = ""\ntitle_en_ = "', r"unknown key 'title_en_'"),
    ],
)
def test_a_fault_in_the_register_is_named_with_its_place_and_value(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    register = tmp_path / "seeds" / "sources.toml"
    text = register.read_text(encoding="utf-8")
    assert old in text
    register.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(AtlasError, match=says):
        load_sources(tmp_path / "seeds")


def test_a_document_registered_twice_or_not_at_all_is_refused(tmp_path: Path) -> None:
    register = tmp_path / "sources.toml"
    text = (SEEDS / "sources.toml").read_text(encoding="utf-8")
    register.write_text(text + text, encoding="utf-8")
    with pytest.raises(AtlasError, match="doc_id = 'west-2020' stands twice"):
        load_sources(tmp_path)
    register.write_text("", encoding="utf-8")
    with pytest.raises(AtlasError, match="at its top: the key 'document' is missing"):
        load_sources(tmp_path)


def test_the_hash_in_the_register_may_be_written_in_capitals(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    register = tmp_path / "seeds" / "sources.toml"
    text = register.read_text(encoding="utf-8")
    digest = load_sources()[0].base.sha256
    register.write_text(text.replace(digest, digest.upper()), encoding="utf-8")
    assert read_witness(load_sources(tmp_path / "seeds")[0].base)
