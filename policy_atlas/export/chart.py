"""The ranking as a native chart, its data behind it."""

from typing import Any

from pptx.chart import data as chart_data
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.oxml import parse_xml
from pptx.util import Emu, Pt

from policy_atlas.export.blocks import RankingBlock
from policy_atlas.export.deck import colour, describe
from policy_atlas.export.master import EAST, LATIN
from policy_atlas.export.words import number
from policy_atlas.palette import LIGHT

_data: Any = chart_data
FEW = 10  # whole numbers up to it are counted one by one


def draw(slide: Any, block: RankingBlock, box: tuple[int, int, int, int]) -> Any:
    """Add the bars of a block, stacked by kind; the sum stands beside the province's name."""
    places = block.decimals
    data = _data.CategoryChartData(number_format="#,##0" if places == 0 else "#,##0." + "0" * places)
    sums = block.parts.sum(axis=1)
    said = (f"{block.names[code]}  {number(float(sums[code]), places)}" for code in block.parts.index)
    data.categories = [one.replace(" ", "\u00a0") for one in said]  # a name in two lines would hide its neighbour
    for kind, label, _ in block.kinds:
        data.add_series(label, [round(float(value), 9) for value in block.parts[kind]])
    if not block.kinds:
        data.add_series(block.unit, [0.0] * len(block.parts))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *(Emu(int(side)) for side in box), data)
    describe(frame, block.title, block.alt)
    _style(frame.chart, block)
    return frame


def _number_axes(chart: Any) -> None:
    """Give the axes ids without a sign, as the standard wants; python-pptx writes negative ones."""
    for at, old in enumerate(dict.fromkeys(chart._chartSpace.xpath(".//c:barChart/c:axId/@val")), start=1):
        for element in chart._chartSpace.xpath(f".//*[self::c:axId or self::c:crossAx][@val='{old}']"):
            element.set("val", str(at))


def _style(chart: Any, block: RankingBlock) -> None:
    _number_axes(chart)
    chart.font.size = Pt(12)
    chart.font.color.rgb = colour(LIGHT.ink)
    properties = chart._chartSpace.xpath("c:txPr/a:p/a:pPr/a:defRPr")[0]
    for tag, face in (("latin", LATIN), ("ea", EAST)):
        space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        properties.append(parse_xml(f'<a:{tag} {space} typeface="{face}"/>'))
    chart.has_title = False
    chart.has_legend = len(block.kinds) > 0
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 38, 100
    chart.category_axis.reverse_order = True
    chart._chartSpace.xpath(".//c:valAx/c:crosses")[0].set("val", "max")
    chart.category_axis.format.line.fill.background()
    chart.category_axis.has_major_gridlines = False
    every = '<c:tickLblSkip xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" val="1"/>'
    chart._chartSpace.xpath(".//c:catAx/c:noMultiLvlLbl")[0].addprevious(parse_xml(every))
    axis = chart.value_axis
    axis.major_gridlines.format.line.color.rgb = colour(LIGHT.grid)
    axis.format.line.fill.background()
    axis.minimum_scale = 0
    most = float(block.parts.sum(axis=1).max())
    if not most:
        axis.maximum_scale = 1
    if block.decimals == 0 and most <= FEW:
        axis.major_unit = 1
    axis.has_title = True
    axis.axis_title.text_frame.text = block.unit
    axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(11)
    axis.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
    axis.tick_labels.font.size = Pt(11)
    for series, (_, _, fill) in zip(plot.series, block.kinds, strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour(fill)
        series.invert_if_negative = False
