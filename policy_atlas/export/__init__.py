"""Out of the dashboard and into the briefing: pictures, slides, Word, workbook, tables and one HTML page.

Every export is made in memory from a `Material` (what was read) and a `Selection` (what was
chosen); nothing here knows Streamlit, and nothing is left on disk.
"""

CHARTS = (
    *("map", "silence", "cities", "ranking", "matrix", "profile", "small"),
    *("course", "instruments", "strength", "slopes", "dispersion", "prefectures"),
)
