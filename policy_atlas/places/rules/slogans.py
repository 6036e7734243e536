"""What is said of a place in a slogan makes a doubtful name certain: 健康山南建设, 体现江安担当."""

from policy_atlas.places.gazetteer import Place
from policy_atlas.places.hits import Hit
from policy_atlas.places.rules.discourse import EDGE

_GUARDS = ("seam", "other", "homonym", EDGE)
_PRAISE = (
    *("健康", "平安", "美丽", "法治", "数字", "智慧", "幸福", "活力", "魅力", "清廉", "和谐", "文明", "诚信"),
    *("大美", "最美", "绿美", "富美", "善治", "宜居", "美好", "现代化", "海绵"),
)
_SHOW = ("体现", "展现", "彰显", "贡献", "谱写", "书写", "绘就", "开创", "交出", "中国式现代化", "新时代")
_WORK = ("建设", "行动", "创建")
_FEAT = (
    *("担当", "作为", "实践", "新实践", "篇章", "新篇", "样板", "答卷", "力量", "智慧", "经验", "方案", "画卷"),
    *("高质量发展", "贡献", "特色", "作用", "速度", "新局面", "故事", "模式", "之治"),
)


def in_slogan(text: str, hit: Hit) -> Place | None:
    """Return the one western reading of a name between the two halves of a slogan.

    Both neighbours are whole words, so that no seam is left; an ordinary word may still be meant as one.
    """
    name = hit.name
    if name is None or name.guard not in _GUARDS or len(name.places) != 1 or not name.places[0].western:
        return None
    praised = text.endswith(_PRAISE, 0, hit.start) and text.startswith((*_WORK, *_FEAT), hit.end)
    shown = text.endswith(_SHOW, 0, hit.start) and text.startswith(_FEAT, hit.end)
    return name.places[0] if praised or shown else None
