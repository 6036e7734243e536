# The dashboard as one image: slim, without root, with the fonts and the browser that exports need.
# Build: docker build -t policy-atlas .      Run: see compose.yaml and docs/deployment.md
FROM python:3.12-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN python -m venv /opt/atlas && /opt/atlas/bin/pip install --no-cache-dir ".[export,auth]"

FROM python:3.12-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends chromium fonts-noto-cjk fontconfig tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /home/atlas --shell /usr/sbin/nologin atlas
COPY --from=build /opt/atlas /opt/atlas
COPY dashboard.py /app/dashboard.py
COPY .streamlit/config.toml /app/.streamlit/config.toml
COPY static /app/static
# Everything is compiled now, because nothing can be written later.
RUN /opt/atlas/bin/python -m compileall -q /opt/atlas/lib || true \
    && fc-cache -f \
    && chown -R root:root /app /opt/atlas && chmod -R a-w /app /opt/atlas
WORKDIR /app
USER 10001:10001
ENV PATH=/opt/atlas/bin:$PATH \
    HOME=/tmp/home \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MALLOC_ARENA_MAX=2 \
    BROWSER_PATH=/usr/bin/chromium \
    STREAMLIT_SERVER_PORT=8501 \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_HEADLESS=true \
    STREAMLIT_SERVER_FILE_WATCHER_TYPE=none \
    STREAMLIT_SERVER_MAX_UPLOAD_SIZE=20 \
    STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION=true \
    STREAMLIT_BROWSER_GATHER_USAGE_STATS=false
EXPOSE 8501
# The health address lies under the sub-path, if one is set.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; p = os.environ.get('STREAMLIT_SERVER_BASE_URL_PATH', '').strip('/'); u.urlopen('http://127.0.0.1:8501' + ('/' + p if p else '') + '/_stcore/health', timeout=4)"]
ENTRYPOINT ["tini", "--"]
CMD ["streamlit", "run", "/app/dashboard.py"]
