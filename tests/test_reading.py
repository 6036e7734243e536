"""Bytes that are not a Chinese text are refused in one line; every encoding in use is read."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_atlas.documents.reading import decode, read_text
from policy_atlas.errors import AtlasError

TEXT = "支持贵州、青海深化国内外生态合作，推动绿色丝绸之路建设。加快川藏铁路等重大工程规划建设，提升云南与周边区域的开放合作水平。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-32", "big5"])
def test_the_encodings_in_use_give_the_same_text(encoding: str) -> None:
    text = (
        TEXT
        if encoding != "big5"
        else "支持貴州、青海深化國內外生態合作，推動綠色絲綢之路建設。加快重大工程規劃建設的進度，提升開放合作水平。"
    )
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (b"%PDF-1.7\n" + TEXT.encode(), "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"Plain English, nothing else.", "no Chinese"),
        (b"\xff\xfe\xfd\xfc\xfb\x80\x81" * 40, "cannot be read"),
        (("中" + "\x00\x01\x02" * 50).encode(), "binary"),
    ],
)
def test_what_is_no_chinese_text_is_refused_with_its_name_and_reason(raw: bytes, says: str) -> None:
    with pytest.raises(AtlasError, match=says) as caught:
        decode(raw, "plan.txt")
    assert "'plan.txt'" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_unpaired_surrogates_become_replacement_characters_one_for_one() -> None:
    raw = b"\xff\xfe" + "四川".encode("utf-16-le") + b"\x00\xd8" + "西藏".encode("utf-16-le")
    assert decode(raw, "a.txt") == "四川\ufffd西藏"


def test_a_missing_file_a_folder_and_a_huge_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match="does not exist"):
        read_text(tmp_path / "none.txt")
    with pytest.raises(AtlasError, match="not a file"):
        read_text(tmp_path)
    large = tmp_path / "large.txt"
    with large.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    with pytest.raises(AtlasError, match=r"'large\.txt' holds 104\.9 MB"):
        read_text(large)


def test_line_ends_are_kept_so_that_offsets_hold(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("四川\r\n西藏".encode())
    assert read_text(path) == "四川\r\n西藏"


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_one_line_error(raw: bytes) -> None:
    try:
        text = decode(raw, "x.txt")
    except AtlasError as error:
        assert "\n" not in str(error)
    else:
        text.encode("utf-8")


@pytest.mark.parametrize(
    "text",
    ["四川省成都市", "关于推进成渝地区建设", "支持西藏自治区阿里地区发展特色产业", "第3条 加快川藏铁路规划建设"],
)
def test_a_text_of_a_few_characters_is_read_as_gb18030(text: str) -> None:
    assert decode(text.encode("gb18030"), "a.txt") == text


def test_a_short_text_of_big5_is_not_taken_for_gb18030() -> None:
    text = "支持貴州青海深化國內外生態合作"
    assert decode(text.encode("big5"), "a.txt") == text


@pytest.mark.parametrize(
    "raw",
    [
        "Été à l'école française, déjà vu".encode("cp1252"),
        "Straße über Größe".encode("latin-1"),
        bytes(range(128, 256)),
    ],
)
def test_short_bytes_that_are_mostly_no_everyday_chinese_are_refused(raw: bytes) -> None:
    with pytest.raises(AtlasError, match="cannot be read as UTF-8, GB18030 and Big5"):
        decode(raw, "a.txt")
