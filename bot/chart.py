"""Pictures of numbers: bars beside bars, with every number written on its bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FONT = "DejaVu Sans"  # bundled with matplotlib; has Lithuanian and Cyrillic letters
WIDTH, ROW, HEAD = 8.0, 0.34, 1.0  # inches: a phone shows the picture as wide as the chat
SHARPNESS = 150  # dots an inch; the writing stays readable on a phone
COLOURS = ("#1f5f8b", "#a9c8dd")  # dark for the present, light for before: they differ without colour too


@dataclass(frozen=True)
class Bar:
    """One number: how long its bar is, and what is written on it."""

    length: float
    written: str


@dataclass(frozen=True)
class Panel:
    """A title over rows of bars; each row has one bar for each of the series."""

    title: str
    series: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Bar]]]


@dataclass(frozen=True)
class Chart:
    """Panels below each other."""

    title: str
    panels: Sequence[Panel]


def draw(chart: Chart) -> bytes:
    """The chart as a PNG. Takes a second or two: call it in a thread."""
    # Imported late: it takes a second of a start that has no picture to draw.
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    heights = [HEAD + ROW * len(panel.rows) * len(panel.series) for panel in chart.panels]
    with rc_context({"font.family": FONT, "font.size": 10}):
        figure = Figure(figsize=(WIDTH, sum(heights) + HEAD), dpi=SHARPNESS, layout="constrained")
        FigureCanvasAgg(figure)
        figure.suptitle(chart.title, fontweight="bold")
        axes = figure.subplots(len(chart.panels), 1, height_ratios=heights, squeeze=False)
        for axis, panel in zip(axes.flat, chart.panels, strict=True):
            _draw_panel(axis, panel)
        picture = BytesIO()
        figure.savefig(picture, format="png", metadata={"Software": None})
    return picture.getvalue()


def _draw_panel(axis: Axes, panel: Panel) -> None:
    thickness = 0.8 / len(panel.series)
    for number, name in enumerate(panel.series):
        bars = [row[number] for _label, row in panel.rows]
        places = [at + (number - (len(panel.series) - 1) / 2) * thickness for at in range(len(bars))]
        drawn = axis.barh(
            places, [bar.length for bar in bars], height=thickness, color=COLOURS[number], label=name
        )
        axis.bar_label(drawn, [bar.written for bar in bars], padding=3)
    axis.set_title(panel.title, loc="left", fontweight="bold")
    axis.legend(loc="upper left", bbox_to_anchor=(0.0, 0.0), ncols=len(panel.series), frameon=False)
    axis.set_yticks(range(len(panel.rows)), [label for label, _row in panel.rows])
    axis.invert_yaxis()
    axis.set_xticks([])
    axis.margins(x=0.12)
    axis.spines[["top", "right", "bottom"]].set_visible(False)
