"""The text of a document on its page: headings in the reader's language beside those of the source."""

from html import escape

from policy_atlas.app import data, headings, reader
from policy_atlas.app.view import View
from policy_atlas.app.words import words


def test_english_headings_stand_below_the_chinese_ones_as_working_translations() -> None:
    known = [english for (doc, _), english in headings.articles_en().items() if doc == "west-2020"]
    assert len(known) == 36
    known += headings.parts_en().values()
    assert len(known) == 36 + 7
    nothing = data.sentences("west-2020").head(0)
    for lang, said in (("en", True), ("zh", False)):
        outline = reader.outline("west-2020", words(lang))
        body = reader.body(View(lang), words(lang), nothing, 0)
        for english in known:
            assert (f'<div class="c" lang="en">{escape(english)}</div>' in outline) is said
            assert (f'<div class="c" lang="en">{escape(english)} (working translation)</div>' in body) is said
        assert outline.count("English headings are working translations") == int(said)
    body = reader.body(View("en"), words("en"), nothing, 0)
    assert (
        body.index("积极参与和融入") < body.index("Take an active part in the Belt and Road") < body.index("支持<mark")
    )
