"""`python -m launch.health`: whether the web server in this container answers, for Docker's health check."""

import os
import sys
import urllib.request
from urllib.parse import urlsplit


def is_healthy(address: str, base_url: str) -> bool:
    """Ask as the TLS proxy does: by the public name, and with the news that TLS ended there."""
    headers = {"Host": urlsplit(base_url).netloc, "X-Forwarded-Proto": "https"}
    request = urllib.request.Request(f"{address}/healthz", headers=headers)  # noqa: S310 - our own http address
    try:
        with urllib.request.urlopen(request, timeout=4) as response:  # noqa: S310 - as above
            return bool(response.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(0 if is_healthy("http://127.0.0.1:8000", os.environ["BASE_URL"]) else 1)
