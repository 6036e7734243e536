"""The command `policy-atlas dashboard`: the page, from a checkout or from a wheel."""

from typing import Annotated, Any

import typer

from policy_atlas.errors import AtlasError


def dashboard(
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Port to serve on.")] = 8501,
    headless: Annotated[bool, typer.Option(help="Do not open a browser window.")] = False,
) -> None:
    """Open the dashboard in the browser."""
    from streamlit.web import bootstrap

    from policy_atlas.paths import DASHBOARD

    if not DASHBOARD.is_file():
        raise AtlasError(f"the page {str(DASHBOARD)!r} is missing: install the package again.")
    options = {**_config_options(), "server_port": port, "server_headless": headless}
    bootstrap.load_config_options(options)
    bootstrap.run(str(DASHBOARD), False, [], options)


def _config_options() -> dict[str, Any]:
    """Return the settings of .streamlit/config.toml as Streamlit's own options, so that a wheel looks as a checkout."""
    import tomllib

    from policy_atlas.paths import ROOT

    path = ROOT / ".streamlit" / "config.toml"
    found: dict[str, Any] = {}

    def flatten(table: dict[str, Any], prefix: str) -> None:
        for key, value in table.items():
            name = f"{prefix}_{key}" if prefix else key
            if isinstance(value, dict):
                flatten(value, name)
            else:
                found[name] = value

    if path.is_file():
        flatten(tomllib.loads(path.read_text(encoding="utf-8")), "")
    return found
