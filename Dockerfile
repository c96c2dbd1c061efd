# One image for web, worker and beat. The build needs the network; the running image does not.

FROM node:24-slim AS front-end
WORKDIR /build/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --ignore-scripts
COPY frontend ./
RUN npm run build


FROM python:3.13-slim AS product
ENV UV_PROJECT_ENVIRONMENT=/portal/.venv UV_PYTHON_DOWNLOADS=never PYTHONDONTWRITEBYTECODE=1
WORKDIR /portal
RUN pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-default-groups --no-cache --compile-bytecode
COPY . .
COPY --from=front-end /build/static/dist static/dist
# The values only let the settings load; nothing of them stays in the image.
RUN .venv/bin/pybabel -q compile -d locale -D django \
    && SECRET_KEY=build DATABASE_URL=postgres:///build REDIS_URL=redis:// \
       .venv/bin/python manage.py collectstatic --no-input --verbosity 0


FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home portal && install -d -o portal /files
COPY --from=product /portal /portal
WORKDIR /portal
ENV PATH=/portal/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 WEB_CONCURRENCY=4
USER portal
EXPOSE 8000
# A new volume takes over the owner of the directory it covers.
VOLUME /files
# /dev/shm, because a worker that beats on a slow disk is taken for dead.
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--no-control-socket", "--worker-tmp-dir", "/dev/shm", "--limit-request-line", "8190"]
