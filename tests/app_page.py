"""One page of the app, run without a browser."""

from streamlit.testing.v1 import AppTest


def page(name: str, **query: str) -> AppTest:
    """Run the sidebar, the briefing and one page with a URL."""

    def script(name: str) -> None:
        import streamlit as st

        from policy_atlas.app import briefing, header, main, sidebar, state

        st.session_state["pages"] = {}
        view, text = state.current(), state.text()
        sidebar.draw(view, text)
        briefing.draw(view, text)
        header.draw(view, text)
        main.PAGES[name](view, text)

    test = AppTest.from_function(script, kwargs={"name": name}, default_timeout=60)
    for key, value in query.items():
        test.query_params[key] = value
    return test.run()
