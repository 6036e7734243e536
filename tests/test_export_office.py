"""LibreOffice opens what we write, and the Chinese text is found in its PDF."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from policy_atlas.export import basket, compose, slides, word, workbook
from policy_atlas.export.material import Material, Selection, gather
from policy_atlas.sources import load_sources
from policy_atlas.tables import Tables


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, tables: Tables) -> Path:
    """Convert one file of each kind in a single run of LibreOffice."""
    lacking = [name for name in ("soffice", "pdftotext") if shutil.which(name) is None]
    if lacking:
        if os.environ.get("CI"):
            pytest.fail(f"CI needs LibreOffice and poppler-utils; missing: {lacking}")
        pytest.skip(
            f"not on this machine: {', '.join(lacking)} (Debian: libreoffice-impress -writer -calc, poppler-utils)"
        )
    home = tmp_path_factory.mktemp("office")
    material: Material = gather(tables, load_sources(), "code 0")
    selection = Selection(province="510000")
    blocks = compose.blocks(material, basket.default(selection))
    (home / "deck.pptx").write_bytes(slides.write_deck(material, selection, blocks))
    (home / "brief.docx").write_bytes(word.write_briefs(material, Selection(), ["510000"], with_pictures=False)[0])
    (home / "book.xlsx").write_bytes(workbook.write(material, selection))
    names = ["deck.pptx", "brief.docx", "book.xlsx"]
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
