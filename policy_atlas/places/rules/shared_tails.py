"""The tail that the items of a list share: 关中平原 in 关中平原、兰西等城市群."""

import re

from policy_atlas.places.hits import ENUMERATION, UNRESOLVED
from policy_atlas.places.rules.lists import Lists

_SHARED_TAILS = ("城市群", "新区", "经济区", "沙地", "沙漠", "水电站", "口岸", "山区", "灌区")
_TAIL_BEHIND = re.compile(f"(?:等|两大|三大|四大|国家级|重点|大型|大中型){{0,4}}({'|'.join(_SHARED_TAILS)})")
_TAIL_OPENS = frozenset("等两三四国重大").union(tail[0] for tail in _SHARED_TAILS)


def share_tails(lists: Lists) -> None:
    """Give the items of each list the tail they share, where the longer name is known."""
    text, hits, length = lists.text, lists.hits, len(lists.text)
    for last in range(len(hits)):
        end = hits[last].end
        tail = _TAIL_BEHIND.match(text, end) if end < length and text[end] in _TAIL_OPENS else None
        if tail is None:
            continue
        for at in lists.run(last):
            hit = hits[at]
            longer = lists.engine.by_text.get(text[hit.start : hit.end] + tail[1])
            if longer is not None and longer.places and (hit.place is not None or hit.rule in UNRESOLVED):
                hits[at] = hit._replace(place=longer.places[0], rule=ENUMERATION)
