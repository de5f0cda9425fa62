"""Make the fonts in resources/fonts from the Noto fonts.

OptiSim Sans is a subset of Noto Sans (Latin, Greek, punctuation) with the mathematical signs it lacks
taken from Noto Sans Math; OptiSim Sans SC is a subset of Noto Sans SC with the 3755 common hanzi of
GB2312. They are renamed so that they never clash with an installed font, lose their hinting and most of
their layout features, and share their line height, so that mixed text keeps its line spacing.
The same sources give the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

REGULAR, SEMIBOLD = 400, 600
ASCENT, DESCENT = 1069, -293  # of Noto Sans, in units of 1/1000 em; hanzi fit with room to spare
USE_TYPO_METRICS = 1 << 7
SIMPLIFIED_CHINESE = 1 << 18  # bit of the code page, by which Windows knows the script
KEPT_NAMES = (0, 7, 8, 9, 13, 14)  # copyright, trademark, makers, licence
UNUSED_TABLES = ("STAT", "BASE", "VORG", "vhea", "vmtx", "DSIG", "MATH")

LATIN_RANGES = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1, Latin Extended-A
    (0x02B0, 0x02FF),  # modifier letters
    (0x0300, 0x036F),  # combining marks
    (0x0370, 0x03FF),  # Greek
    (0x1E9E, 0x1E9E),  # capital sharp s
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x215F),  # letter-like signs, fractions
    (0x2190, 0x23FF),  # arrows, operators, technical signs
    (0x25A0, 0x25FF),  # geometric shapes
)
MATH_SIGNS = (
    "←→↑↓↔↕↖↗↘↙↦⇐⇒⇑⇓⇔⇄↺↻∀∂∃∅∆∇∈∉∋∏∑∓∗∘∙√∛∝∞∠∥∧∨∩∪∫∬∮∴∵∼≃≅≈≠≡≤≥≪≫≲≳≺≻⊂⊃⊆⊇⊕⊖⊗⊙⊤⊥⋅⋯⋮⋱ℓℒℝℕℤℚℂℑℜ⌈⌉⌊⌋⟨⟩⟦⟧■□▪▫▲△▶▷▼▽◀◁◆◇○●"
)
CJK_PUNCTUATION_ROWS = (1, 3)  # signs, and the full-width forms of ASCII
HANZI_ROWS = range(16, 56)  # level 1
EXTRA_HANZI = "阈渲熵伽漪琥珀岖壑蝙蝠巅蜿蜒绯翡绛赭茜佘谔瑕炫骰瞰砝榫诠遴簸跷箫"  # level 2, in technical use
EXTRA_CJK = "·—"  # the gb2312 codec gives look-alikes (U+30FB, U+2015) for these two


def gb2312_rows(rows: Iterable[int]) -> set[int]:
    """Return the code points in some rows of GB2312."""
    cells = (bytes((0xA0 + row, 0xA0 + cell)) for row in rows for cell in range(1, 95))
    return {ord(char) for code in cells for char in code.decode("gb2312", "ignore")}


def subset(path: Path, codes: Iterable[int]) -> TTFont:
    """Open a font and keep only the glyphs of some code points, those it has."""
    options = Options(
        hinting=False,
        glyph_names=False,
        notdef_outline=True,
        harfbuzz_repacker=False,  # an optional dependency: the bytes must not depend on it
        layout_features=["kern", "mark", "mkmk", "ccmp"],
        name_IDs=list(KEPT_NAMES),
        name_languages=[0x409],
    )
    options.drop_tables += UNUSED_TABLES
    font = TTFont(path, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    return font


def merge_glyphs(font: TTFont, donor: TTFont, codes: Iterable[int]) -> None:
    """Copy glyphs as plain outlines from a font with the same em, where `font` has none."""
    if font["head"].unitsPerEm != donor["head"].unitsPerEm:
        raise ValueError("the two fonts differ in units per em")
    source, own, theirs = donor.getGlyphSet(), font.getBestCmap(), donor.getBestCmap()
    for code in sorted(set(codes) & theirs.keys() - own.keys()):
        outline = DecomposingRecordingPen(source)
        source[theirs[code]].draw(outline)
        pen = TTGlyphPen(None)
        outline.replay(pen)
        name = f"math.{code:04X}"
        font["glyf"][name] = pen.glyph()
        font["glyf"][name].recalcBounds(font["glyf"])
        font["hmtx"][name] = donor["hmtx"][theirs[code]]
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name
    font["name"].setName(f"{copyright_of(font)}; {copyright_of(donor)}", 0, 3, 1, 0x409)
    font["OS/2"].recalcUnicodeRanges(font)


def copyright_of(font: TTFont) -> str:
    """Return the copyright record."""
    return str(font["name"].getDebugName(0)).rstrip(".")


def rename(font: TTFont, family: str, weight: int) -> None:
    """Give a font its family name, its weight and the common line height."""
    style = {REGULAR: "Regular", SEMIBOLD: "SemiBold"}[weight]
    full = f"{family} {style}"
    postscript = f"{family.replace(' ', '')}-{style}"
    version = f"{font['head'].fontRevision:.3f}"
    names = {3: f"{version};{postscript}", 4: full, 5: f"Version {version}; subset", 6: postscript}
    if weight == REGULAR:
        names |= {1: family, 2: style}
    else:  # the old four-style model knows no SemiBold: there it is a family of its own
        names |= {1: full, 2: "Regular", 16: family, 17: style}
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)

    os2, hhea = font["OS/2"], font["hhea"]
    os2.usWeightClass = weight
    os2.fsSelection |= USE_TYPO_METRICS
    os2.sTypoAscender = hhea.ascent = ASCENT
    os2.sTypoDescender = hhea.descent = DESCENT
    os2.sTypoLineGap = hhea.lineGap = 0


def build_latin(sans: Path, math: Path, weight: int, target: Path) -> None:
    """Write one weight of OptiSim Sans."""
    font = subset(sans, (code for low, high in LATIN_RANGES for code in range(low, high + 1)))
    signs = {ord(char) for char in MATH_SIGNS}
    merge_glyphs(font, subset(math, signs), signs)
    widths = {font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}
    if len(widths) != 1:
        raise ValueError(f"the digits of {sans.name} differ in width")
    rename(font, "OptiSim Sans", weight)
    font.save(target)


def build_chinese(sans: Path, target: Path) -> None:
    """Write OptiSim Sans SC."""
    codes = gb2312_rows((*CJK_PUNCTUATION_ROWS, *HANZI_ROWS))
    font = subset(sans, codes | {ord(char) for char in EXTRA_HANZI + EXTRA_CJK})
    font["OS/2"].ulCodePageRange1 = SIMPLIFIED_CHINESE  # the subsetter clears it
    rename(font, "OptiSim Sans SC", REGULAR)
    font.save(target)


def main() -> None:
    """Read the arguments and build the three fonts."""
    parser = argparse.ArgumentParser(description="Make the fonts of OptiSim from the Noto fonts.")
    parser.add_argument("--sans", type=Path, required=True, help="Noto Sans Regular, static TrueType")
    parser.add_argument("--sans-semibold", type=Path, required=True, help="Noto Sans SemiBold, same version")
    parser.add_argument("--math", type=Path, required=True, help="Noto Sans Math Regular")
    parser.add_argument("--chinese", type=Path, required=True, help="Noto Sans SC Regular, static TrueType")
    default = Path(__file__).resolve().parent.parent / "resources" / "fonts"
    parser.add_argument("--out", type=Path, default=default, help="folder to write to")
    args = parser.parse_args()

    args.out.mkdir(parents=True, exist_ok=True)
    build_latin(args.sans, args.math, REGULAR, args.out / "OptiSimSans-Regular.ttf")
    build_latin(args.sans_semibold, args.math, SEMIBOLD, args.out / "OptiSimSans-SemiBold.ttf")
    build_chinese(args.chinese, args.out / "OptiSimSansSC-Regular.ttf")


if __name__ == "__main__":
    main()
