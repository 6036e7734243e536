"""What the pages say beside their numbers and charts: what is counted, what is tied, what may be read from it."""

import pytest
from app_page import page
from streamlit.testing.v1 import AppTest

from policy_atlas.app.words import words


def said_on(test: AppTest) -> str:
    kinds = (test.markdown, test.caption, test.subheader, test.info)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


@pytest.mark.parametrize("rule", ["full", "fractional", "article", "sentence"])
def test_the_kinds_beside_a_sum_count_mentions_and_shared_ones_are_explained(rule: str) -> None:
    test = page("map", lang="en", p="510000", rule=rule)
    kinds = next(one for one in test.button_group if one.label == words("en")("evidence.kind")).options
    assert [kind for kind in kinds if not kind.endswith(("mention", "mentions"))] == []
    assert ("shared equally among its mentions" in said_on(test)) is (rule in ("article", "sentence"))
