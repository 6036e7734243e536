"""Policy Atlas on a page: `streamlit run dashboard.py`."""

from policy_atlas.app.main import run

run()
