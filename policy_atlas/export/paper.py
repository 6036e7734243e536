"""A Word document in the making."""

import io
from typing import Any

from docx.shared import Cm

from policy_atlas.export import docxkit, numbers
from policy_atlas.export.guard import xml_text
from policy_atlas.export.material import Material, Selection
from policy_atlas.export.repack import repack
from policy_atlas.export.words import Words, words


class Paper:
    """A Word document in the making: its text, its headings so far, and the numbers of figures and tables."""

    def __init__(self, material: Material, selection: Selection, title: str, pictured: dict[int, bytes]) -> None:
        self.material, self.selection, self.pictured = material, selection, pictured
        self.text: Words = words(selection.lang)
        self.document = docxkit.blank("zh-CN" if selection.lang == "zh" else "en-US", title)
        self.marks: list[tuple[int, str, str]] = []
        self.figures = self.tables = 0
        self.selections: list[Selection] = []
        self.document.add_paragraph(xml_text(title), style="Title")
        for line in (
            numbers.choices_line(selection),
            self.text("source", citation=numbers.citation(material, self.text)),
            self.text("word.made"),
        ):
            self.document.add_paragraph(xml_text(line), style="Subtitle")
        self.start = self.document.add_paragraph()
        self.start.paragraph_format.line_spacing, self.start.paragraph_format.space_after = Cm(0.1), Cm(0)
        docxkit.page_numbers(self.document, self.text.table["word.page"])
        header = self.document.sections[0].header.paragraphs[0]
        header.add_run(xml_text(f"{self.text('product')} · {title}"))

    def heading(self, text: str, level: int) -> Any:
        """Add a heading."""
        return docxkit.heading(self.document, text, level, self.marks)

    def finish(self, depth: int = 2) -> bytes:
        """Add method and citation, fill the table of contents down to a depth, return the file."""
        self.heading(self.text("title.method"), 1)
        said = numbers.methods(self.material, self.selections or [self.selection])
        for line in said:
            layout = self.document.add_paragraph(xml_text(line)).paragraph_format
            layout.keep_together, layout.keep_with_next = True, line is not said[-1]  # no page of two last lines
        head = self.start.insert_paragraph_before(self.text("title.contents"), style="Heading 3")
        head.paragraph_format.space_before = Cm(0.6)
        docxkit.contents(self.document, self.start, self.marks, depth)
        stream = io.BytesIO()
        self.document.save(stream)
        return repack(stream.getvalue())
