"""Whether a document about another place means the West of China by 西部, or its own west."""

import re

_OWN_AREA = re.compile(r"[市县区省境州域城镇乡村岛湾]$")
_BEFORE = (
    *("东", "中", "东中", "我国", "全国", "国家", "支援", "支持", "帮扶"),
    *(f"{part}至" for part in ("华北", "华东", "华南", "华中", "中南", "东北")),
)
_BEHIND = ("省", "各省", "陆海", "大开发", "协作", "欠发达", "十二", "12", "贫困", "边疆", "计划", "志愿")
_REACH = 4


def whole_west(text: str, start: int, end: int) -> bool:
    """Say whether a name of the West, or of a half of it, stands for that in a document about another place."""
    if text.startswith("西部大开发", start) or text.endswith(_BEFORE, 0, start):
        return True
    own = _OWN_AREA.search(text, max(0, start - _REACH), start)
    return text.startswith(_BEHIND, end) and not own
