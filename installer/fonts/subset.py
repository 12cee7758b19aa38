"""Make the font subsets in resources/fonts from the full Noto Sans SC, Noto Serif SC and LXGW WenKai.

    python installer/fonts/subset.py FOLDER_WITH_FULL_FONTS

`characters.txt` lists the Chinese characters of the Noto subsets: the 8,105 of the general standard table and
those of GB2312. The supplement has every other Chinese character that LXGW WenKai draws. Its licence
reserves the name LXGW for the unchanged font, so the subset is called Kai Supplement.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
TARGET = HERE.parent.parent / "resources" / "fonts"
FACES = {
    "NotoSansSC_400Regular.ttf": "NotoSansSC-Regular.ttf",
    "NotoSansSC_700Bold.ttf": "NotoSansSC-Bold.ttf",
    "NotoSerifSC_400Regular.ttf": "NotoSerifSC-Regular.ttf",
    "NotoSerifSC_700Bold.ttf": "NotoSerifSC-Bold.ttf",
}
RANGES = (
    (0x20, 0x7E),  # ASCII
    (0xA0, 0xFF),  # Latin-1
    (0x0391, 0x03C9),  # Greek
    (0x2010, 0x2027),  # dashes, quotes, ellipsis
    (0x2030, 0x203B),
    (0x2070, 0x209F),
    (0x2103, 0x2103),
    (0x2116, 0x2116),
    (0x2160, 0x217F),  # Roman numerals
    (0x2190, 0x2199),  # arrows
    (0x2200, 0x22FF),  # √ ≤ ≥ Σ ×
    (0x2460, 0x2473),  # ① …
    (0x2500, 0x257F),  # box drawing
    (0x25A0, 0x25FF),  # □ ■ ○ ●
    (0x2605, 0x2606),
    (0x2611, 0x2612),
    (0x2713, 0x2717),
    (0x3000, 0x301F),  # CJK punctuation, 〔〕
    (0x3220, 0x3229),
    (0xFF01, 0xFF65),  # full-width forms
    (0xFFE5, 0xFFE5),
)
SUPPLEMENT, SUPPLEMENT_NAME = "LXGWWenKai-Regular.ttf", "KaiSupplement"
HANZI = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
KEPT_NAMES = (0, 13, 14)
"""Copyright and licence; every other entry of the name table could carry the reserved name."""
DROPPED = ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG", "STAT", "kern", "gasp"]


def wanted() -> set[int]:
    """Every code point that the program must be able to show and print."""
    text = (HERE / "characters.txt").read_text(encoding="utf-8")
    chosen = {ord(character) for character in text if not character.isspace()}
    for first, last in RANGES:
        chosen.update(range(first, last + 1))
    return chosen


def subset(path: Path, characters: set[int]) -> TTFont:
    """The font at `path` with these characters alone."""
    font = TTFont(path)
    options = Options(layout_features=[], hinting=False, drop_tables=DROPPED, notdef_outline=True)
    options.name_IDs = ["*"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def make_supplement(path: Path, known: set[int]) -> None:
    """The Chinese characters of LXGW WenKai beyond `known`, under a name of its own."""
    drawn = {
        point for point in TTFont(path).getBestCmap() if any(first <= point <= last for first, last in HANZI)
    }
    font = subset(path, drawn - known)
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in KEPT_NAMES]
    for number, text in ((1, "Kai Supplement"), (2, "Regular"), (4, "Kai Supplement"), (6, SUPPLEMENT_NAME)):
        names.setName(text, number, 3, 1, 0x409)
    font.save(TARGET / f"{SUPPLEMENT_NAME}.ttf")


def main(folder: Path) -> None:
    """Subset the faces found below `folder`."""
    for source, name in FACES.items():
        (path,) = folder.rglob(source)
        subset(path, wanted()).save(TARGET / name)
    (path,) = folder.rglob(SUPPLEMENT)
    make_supplement(path, set(TTFont(TARGET / "NotoSerifSC-Regular.ttf").getBestCmap()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
