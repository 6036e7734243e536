"""Files of four formats give one and the same text; menus, page numbers and running heads stay out."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from intake_files import BODY, TEXT, TITLE, make_docx, make_html, make_pdf, part_of, with_part

from policy_atlas.cleaning import squeeze
from policy_atlas.documents.document import parse
from policy_atlas.intake.formats import FORMATS, extract
from policy_atlas.intake.limits import Limits
from policy_atlas.intake.numbering import chinese
from policy_atlas.intake.refusals import RefusedError

WANTED = squeeze("".join([TITLE, *BODY]))
LONG = [
    "关于园区建设的通知",
    *[f"第{chinese(at)}条 四川省应当支持成都市建设第{at}号园区，并与重庆市共享成果。" for at in range(1, 60)],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_of_four_encodings_is_read_alike(encoding: str) -> None:
    assert extract("a.txt", TEXT.encode(encoding)).text == TEXT


@pytest.mark.parametrize(
    ("name", "raw"),
    [("a.docx", make_docx()), ("a.pdf", make_pdf([[TITLE, *BODY]])), ("a.html", make_html())],
    ids=["docx", "pdf", "html"],
)
def test_word_pdf_and_web_page_give_the_text_of_the_document(name: str, raw: bytes) -> None:
    found = extract(name, raw)
    assert squeeze(found.text) == WANTED
    assert found.format == name[2:]
    assert len(parse("x", found.text).articles) == 3


def test_every_offset_points_into_the_text_that_is_kept() -> None:
    found = extract("a.pdf", make_pdf([[TITLE, *BODY]]))
    document = parse("x", found.text)
    assert document.raw == found.text
    assert "四川省、云南省与贵州省" in document.text(document.articles[0].start, document.articles[0].end)


def test_endings_in_capitals_and_the_short_ending_of_web_pages_are_known() -> None:
    assert extract("A.HTM", make_html()).format == "html"
    assert set(FORMATS) == {".txt", ".docx", ".pdf", ".html", ".htm"}


def test_a_word_table_is_read_row_by_row() -> None:
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(2, 2)
    for at, text in enumerate(("地区", "数量", "成都", "三个")):
        table.cell(at // 2, at % 2).text = text
    document.add_paragraph("表后正文。")
    stream = io.BytesIO()
    document.save(stream)
    assert extract("a.docx", stream.getvalue()).text.splitlines() == [TITLE, "地区\t数量", "成都\t三个", "表后正文。"]


def run(text: str, around: str = "{}", properties: str = "") -> str:
    return around.format(f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>")


def test_tracked_insertions_count_and_deletions_and_hidden_words_do_not() -> None:
    document = docx.Document()
    body = run("保留成都") + run("插入重庆", "<w:ins w:id='1' w:author='x'>{}</w:ins>")
    body += "<w:del w:id='2' w:author='x'><w:r><w:delText>删去贵阳</w:delText></w:r></w:del>" + run(
        "藏起昆明", properties="<w:vanish/>"
    )
    body += run("控件西宁", "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>")
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{body}</w:p>"))
    stream = io.BytesIO()
    document.save(stream)
    assert extract("a.docx", stream.getvalue()).text.splitlines()[0] == "保留成都插入重庆控件西宁"


def test_numbers_that_word_only_draws_are_part_of_the_text() -> None:
    levels = "".join(
        f"<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='{text}'/></w:lvl>"
        for at, text in enumerate(("%1、", "（%2）"))
    )
    numbering = f"<w:numbering {nsdecls('w')}><w:abstractNum w:abstractNumId='7'>{levels}</w:abstractNum><w:num w:numId='3'><w:abstractNumId w:val='7'/></w:num></w:numbering>"
    document = docx.Document()
    for level, text in ((0, "总体要求"), (1, "支持成都。"), (1, "支持重庆。"), (0, "保障措施"), (1, "支持西宁。")):
        paragraph = document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f"<w:numPr {nsdecls('w')}><w:ilvl w:val='{level}'/><w:numId w:val='3'/></w:numPr>")
        )
    stream = io.BytesIO()
    document.save(stream)
    found = extract("a.docx", with_part(stream.getvalue(), "word/numbering.xml", numbering.encode()))
    assert found.text.split("\n")[:5] == [
        "一、总体要求",
        "（一）支持成都。",
        "（二）支持重庆。",
        "二、保障措施",
        "（一）支持西宁。",
    ]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (36, "三十六"),
        (105, "一百零五"),
        (110, "一百一十"),
        (999, "九百九十九"),
    ],
)
def test_chinese_numerals_are_written_as_print_writes_them(number: int, text: str) -> None:
    assert chinese(number) == text


def test_running_heads_and_page_numbers_of_a_pdf_are_left_out_and_paragraphs_run_on() -> None:
    pages = [
        ["某省人民政府公报", f"第{at}页的前一行写到成都市与重庆市共同建设的", "园区并继续写完。", f"- {at} -"]
        for at in range(1, 7)
    ]
    found = extract("a.pdf", make_pdf(pages))
    assert "公报" not in found.text
    assert "- 3 -" not in found.text
    assert found.text.count("\f") == 5
    assert found.text.startswith("第1页的前一行")


def test_a_line_that_stands_two_characters_in_opens_a_paragraph() -> None:
    found = extract(
        "a.pdf",
        make_pdf(
            [
                [
                    "\u3000\u3000支持四川省与云南省在产业园区方面开展合作",
                    "建设并且每年评估一次，由省级部门负责公开结果",
                    "\u3000\u3000支持西藏。",
                ]
            ]
        ),
    )
    assert [line[:2] == "\u3000\u3000" for line in found.text.split("\n")] == [True, False, True]


def test_pages_without_text_between_others_are_told() -> None:
    assert extract("a.pdf", make_pdf([[TITLE, *BODY], [], [BODY[2]]])).notes == (("pages_without_text", 1),)


def test_menus_and_footers_of_a_site_are_not_the_document() -> None:
    for lines in ((TITLE, *BODY), tuple(LONG)):
        found = extract("a.html", make_html(lines))
        assert "省人民政府" not in found.text
        assert squeeze(found.text) == squeeze("".join(lines))


def test_a_page_laid_out_with_tables_keeps_its_paragraphs() -> None:
    body = "".join(f"<p>{line}</p>" for line in LONG)
    found = extract("a.html", f"<html><body><table><tr><td>{body}</td></tr></table></body></html>".encode("gb18030"))
    assert len(parse("x", found.text).articles) == 59


def test_tags_of_government_sites_are_hints() -> None:
    head = '<meta name="ArticleTitle" content="某通知"><meta name="PubDate" content="2021-03-04 10:00"><meta name="ContentSource" content="某厅">'
    assert extract("a.html", make_html(head=head)).hints == {
        "title": "某通知",
        "date": "2021-03-04 10:00",
        "issuer": "某厅",
    }


def test_scripts_and_hidden_parts_of_a_page_are_not_text() -> None:
    found = extract("a.html", make_html((TITLE, "<script>成都</script>支持重庆。<style>贵阳</style>", *BODY)))
    assert "贵阳" not in found.text
    assert "支持重庆。" in found.text


def test_limits_come_from_the_environment_with_the_promised_defaults() -> None:
    plain = Limits.from_environment({})
    assert (plain.max_mb, plain.max_chars, plain.max_files, plain.seconds) == (20, 2_000_000, 50, 20)
    assert (plain.takes_uploads, plain.sign_in) == (True, False)
    assert Limits.from_environment({"POLICY_ATLAS_MAX_MB": "5", "POLICY_ATLAS_UPLOADS": "off"}) == Limits(
        max_mb=5, uploads=False
    )
    assert Limits.from_environment({"POLICY_ATLAS_DEMO": "on"}).takes_uploads is False


@pytest.mark.parametrize(
    ("name", "value"),
    [("MAX_MB", "0"), ("SECONDS", "many"), ("DEMO", "maybe"), ("MAX_FILES", "-1"), ("MAX_CHARS", "\uff12")],
)
def test_a_limit_that_is_no_limit_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"POLICY_ATLAS_{name} is {value!r}"):
        Limits.from_environment({f"POLICY_ATLAS_{name}": value})


def test_a_text_over_the_limit_is_refused_in_every_format() -> None:
    lines = ["四川" * 50] * 40
    for name, raw in (
        ("a.txt", "\n".join(lines).encode()),
        ("a.docx", make_docx(lines)),
        ("a.pdf", make_pdf([lines] * 2)),
        ("a.html", make_html(lines)),
    ):
        with pytest.raises(RefusedError, match="more text than the limit of 3,000") as caught:
            extract(name, raw, Limits(max_chars=3_000))
        assert caught.value.key == "long"


def test_a_word_file_without_its_main_part_says_so() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", part_of(make_docx(), "word/document.xml"))
    with pytest.raises(RefusedError, match=r"'a\.docx': the content is a zip archive, not a Word document"):
        extract("a.docx", stream.getvalue())
