"""How wide a line of text runs, without a font at hand: Chinese characters are square, others about half."""

from collections.abc import Sequence


def width(text: str, size: float) -> float:
    """Return the estimated width of a line, in the unit of `size`."""
    return size * sum(_em(letter) for letter in text)


def _em(letter: str) -> float:
    if letter > "\u2e7f" or letter == "·":  # Chinese fonts give the dot between words the room of a character
        return 1.0
    if letter in "ilj.,;:|'! ()[]":
        return 0.32
    if letter.isdigit():
        return 0.56
    return 0.66 if letter.isupper() or letter in "mwMW@%" else 0.53


def longest_word(text: str, size: float) -> float:
    """Return the estimated width of the widest piece of a text that no line breaks."""
    return max((width(word.strip(), size) for word in _words(text)), default=0.0)


def lines(text: str, size: float, room: float) -> list[str]:
    """Return the text broken into lines that fit `room`: at spaces, and between Chinese characters."""
    found, line, line_width = [], "", 0.0
    for word in _words(text):
        wide = width(word, size)
        if line.strip() and line_width + width(word.rstrip(), size) > room:
            found.append(line.rstrip())
            word = word.lstrip()
            line, line_width = "", 0.0
            wide = width(word, size)
        while wide > room and len(word) > 1:
            cut = max(1, int(len(word) * room / wide))
            found.append(word[:cut])
            word = word[cut:]
            wide = width(word, size)
        line += word
        line_width += wide
    return [*found, line.rstrip()] if line.strip() or not found else found


def clip(text: str, size: float, room: float, most: int) -> str:
    """Return the text, cut with an ellipsis where it would take more than `most` lines."""
    found = lines(text, size, room)
    if len(found) <= most:
        return text
    kept = found[:most]
    while width(f"{kept[-1]}…", size) > room and kept[-1]:
        kept[-1] = kept[-1][:-1]
    return f"{text[: sum(map(len, kept)) - 1].rstrip()}…"


def largest(text: str, sizes: Sequence[float], room: float, height: float) -> float:
    """Return the first of `sizes` at which the text fits a box, the last one where none does."""
    return next((size for size in sizes if len(lines(text, size, room)) * size * 1.1 <= height), sizes[-1])


_CLOSING = "，。、；：！？）」』】》”’)],.;:!?"
_OPENING = "（「『【《“‘(["


def _words(text: str) -> list[str]:
    """Return the pieces between which a line may break; punctuation stays with its character."""
    found: list[str] = []
    for letter in text:
        previous = found[-1] if found else ""
        latin = letter <= "\u2e7f"
        glued = previous and (
            letter in _CLOSING
            or previous[-1] in _OPENING
            or (latin and previous[-1] <= "\u2e7f" and not previous[-1].isspace())
        )
        if glued:
            found[-1] += letter
        else:
            found.append(letter)
    return found
