"""The upload part of the page: what a session brings stays in the session, in memory, and shows as text."""

import asyncio
import io
from typing import Any

import pytest
from intake_files import TEXT, TITLE, make_docx
from starlette.datastructures import Headers
from starlette.formparsers import MultiPartParser
from streamlit.testing.v1 import AppTest

from policy_atlas.app import bringing, upload
from policy_atlas.intake.limits import Limits


def page() -> None:
    """Draw the upload part alone, with words that say their key and values."""
    import streamlit as st

    from policy_atlas.app import upload
    from policy_atlas.app.words import Words

    class Keys(Words):
        def __call__(self, key: str, **values: object) -> str:
            return " ".join([key, *(f"{name}={value}" for name, value in values.items())])

    own = upload.draw(Keys("en", {}))
    st.text(f"held {len(own)} counted {sum(one.counted for one in own)}")


def app() -> AppTest:
    return AppTest.from_function(page, default_timeout=60).run()


def give(at: AppTest, *files: tuple[str, bytes]) -> AppTest:
    at.file_uploader[0].set_value([(name, raw, "application/octet-stream") for name, raw in files])
    return at.run()


def held(at: AppTest) -> list[Any]:
    return list(at.session_state[bringing.OWN])


@pytest.fixture(scope="module")
def filled() -> AppTest:
    return give(app(), ("a.txt", TEXT.encode()), ("b.docx", make_docx()), ("坏.pdf", b"%PDF-1.4 nothing"))


def test_several_files_are_read_and_a_bad_one_stops_no_other(filled: AppTest) -> None:
    assert not filled.exception
    assert [one.received.name for one in held(filled)] == ["a.txt", "b.docx"]
    assert [error.value for error in filled.error] == [
        upload.plain(
            "'坏.pdf' is damaged and cannot be read (PDFSyntaxError): open it in its own program and save it anew."
        )
    ]


def test_a_file_that_a_fuller_one_of_the_same_upload_replaces_is_not_the_one_shown() -> None:
    more = "".join(f"第{n}项任务由第{n + 7}组在{n + 20}天内办完，并报第{n * 3}处备案。" for n in range(30))
    fuller = f"{TEXT}\n{more}"
    at = give(app(), ("short.txt", TEXT.encode()), ("full.txt", fuller.encode()))
    assert [one.counted for one in held(at)] == [False, True]
    assert at.session_state["query-of-session"]["d"] == held(at)[1].doc_id


def test_a_file_of_another_kind_takes_the_place_of_the_message_before_and_messages_can_be_cleared() -> None:
    at = give(app(), ("坏.pdf", b"%PDF-1.4 nothing"))
    assert "坏" in at.error[0].value
    at = give(at, ("tool.exe", b"MZ"))
    assert not at.exception
    assert [error.value.split(":")[0].replace("\\", "") for error in at.error] == ["'tool.exe'"]
    assert "upload.refused" in [caption.value for caption in at.caption]
    next(one for one in at.button if one.label == "upload.refused.clear").click().run()
    assert not at.error


def test_title_issuer_and_date_are_proposed_and_can_be_corrected() -> None:
    at = give(app(), ("a.txt", TEXT.encode()))
    key = f"own-{held(at)[0].received.doc_id}"
    assert (at.text_input(f"{key}-title").value, at.text_input(f"{key}-issuer").value) == (
        TITLE,
        "试验区联席会议办公室",
    )
    at.text_input(f"{key}-title").set_value("改正的题目").run()
    received = held(at)[0].received
    assert received.title == "改正的题目"
    assert received.tables.documents["title"].tolist() == ["改正的题目"]


def test_a_copy_is_offered_as_a_witness_and_not_counted_until_its_reader_says_so(filled: AppTest) -> None:
    first, second = held(filled)
    assert first.match is None
    assert (second.match.doc_id, second.match.kind) == (first.received.doc_id, "same") or second.match.kind == "copy"
    assert [one.counted for one in (first, second)] == [True, False]
    at = give(app(), ("a.txt", TEXT.encode()), ("b.docx", make_docx()))
    at.checkbox[0].uncheck().run()
    assert [one.counted for one in held(at)] == [True, True]


def test_a_copy_of_a_registered_document_is_recognised(partial: Any) -> None:
    at = give(app(), ("copy.txt", partial.raw.encode()))
    assert held(at)[0].match.doc_id == "west-2020"
    assert held(at)[0].counted is False


def test_removing_a_document_leaves_nothing_of_it_in_the_session() -> None:
    at = give(app(), ("a.txt", TEXT.encode()))
    at.button[0].click().run()
    assert held(at) == []
    assert at.text[0].value == "held 0 counted 0"


def test_what_one_session_holds_no_other_sees(filled: AppTest) -> None:
    other = app()
    assert held(other) == []
    assert len(held(filled)) == 2
    assert TITLE not in str(other)


def test_a_document_without_western_places_says_so() -> None:
    at = give(app(), ("a.txt", "关于沿海合作的通知\n\n支持浙江省合作。".encode()))
    assert "upload\\.elsewhere" in at.info[0].value
    assert "浙江省 1" in at.info[0].value


def test_the_same_bytes_are_held_once_and_a_session_holds_only_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_ATLAS_MAX_FILES", "1")
    at = give(app(), ("a.txt", TEXT.encode()), ("b.txt", TEXT.encode()), ("c.txt", f"{TEXT}。".encode()))
    assert len(held(at)) == 1
    assert ["already loaded" in at.error[0].value, "at most 1 files" in at.error[1].value] == [True, True]


def test_documents_of_one_title_are_told_apart_by_their_files() -> None:
    at = give(app(), ("a.txt", TEXT.encode()), ("b.txt", f"{TEXT}。".encode()))
    labels = [one.label for one in at.expander]
    assert len(set(labels)) == 2
    assert [label.endswith(name) for label, name in zip(labels, ("a\\.txt", "b\\.txt"), strict=True)] == [True, True]


@pytest.mark.parametrize("switch", [("POLICY_ATLAS_UPLOADS", "off"), ("POLICY_ATLAS_DEMO", "on")])
def test_uploads_can_be_switched_off(monkeypatch: pytest.MonkeyPatch, switch: tuple[str, str]) -> None:
    monkeypatch.setenv(*switch)
    at = app()
    assert len(at.file_uploader) == 0
    assert at.text[0].value == "held 0 counted 0"


def test_markup_in_titles_and_names_is_escaped() -> None:
    odd = "**粗** [链](http://x) $a$ :red[红] <b> {{7}} `c` #1"
    at = give(app(), ("<img src=x>.txt", f"{odd}\n\n支持四川省。".encode()))
    label = at.expander[0].label
    assert any("\\<img src\\=x\\>\\.txt" in one.value for one in at.caption)
    assert "粗" in label
    assert not any(mark in label.replace(f"\\{mark}", "") for mark in "*[]$<>`#")


def test_an_upload_within_the_limit_is_never_spooled_to_a_file() -> None:
    bringing.keep_uploads_in_memory(Limits())
    head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\n'

    async def body() -> Any:
        yield head
        for _ in range(20):
            yield bytes(1024 * 1024)
        yield b"\r\n--x--\r\n"

    headers = Headers({"content-type": "multipart/form-data; boundary=x"})
    form = asyncio.run(MultiPartParser(headers, body()).parse())
    file = form["f"].file
    assert isinstance(file._file, io.BytesIO)
    assert file._rolled is False
    file.close()
