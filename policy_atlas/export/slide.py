"""What every slide of a briefing needs: its place on the page, its source, its notes."""

from typing import Any

from pptx.util import Inches

from policy_atlas.export import fit, numbers
from policy_atlas.export.blocks import Block
from policy_atlas.export.deck import new_slide, text_box
from policy_atlas.export.master import EDGE, WIDTH, presentation
from policy_atlas.export.material import Material, Selection
from policy_atlas.export.words import Words, words
from policy_atlas.palette import LIGHT

TOP, ROOM = Inches(1.62), Inches(4.9)
WIDE = WIDTH - 2 * EDGE


class Deck:
    """A presentation in the making, with what every slide needs."""

    def __init__(self, material: Material, selection: Selection, pictured: dict[int, bytes]) -> None:
        self.material, self.selection, self.pictured = material, selection, pictured
        self.text: Words = words(selection.lang)
        self.deck = presentation()
        self.source = self.text("source", citation=numbers.citation(material, self.text))
        self.method: list[str] = []

    def slide(self, block: Block, *, at: int = 0, size: int = 1) -> Any:
        """Return a new slide for a block, numbered where the block needs several."""
        title = f"{block.title}{self.text('continued', at=at, size=size)}" if size > 1 else block.title
        notes = [f"{self.text('note')}{self.text('colon')}{block.note}"] if block.note else []
        mine = self.material.only(block.selection.doc)
        source = self.text("source", citation=numbers.citation(mine, self.text))
        said = [*notes, block.alt, "", *numbers.method(mine, block.selection)]
        return new_slide(self.deck, title, block.subtitle, source, "\n".join(said))


def reader_note(deck: Deck, slide: Any, block: Block) -> None:
    """Write the reader's note under what the slide shows; the whole of a long one is in the speaker's notes."""
    if block.note:
        said = fit.clip(f"{deck.text('note')}{deck.text('colon')}{block.note}", 11, WIDE / 12700, 2)
        text_box(slide, (EDGE, Inches(6.52), WIDE, Inches(0.38)), [[(said, False, LIGHT.accent)]], 11)
