"""How many statements a page costs."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(client: Client, url: str) -> int:
    """Statements of the second look: the first one fills what is kept between requests, and puts on record
    what counts once a day."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    # A request is a transaction; inside the test's own it shows as a savepoint.
    around = ("set_config", "SAVEPOINT")
    return len([query for query in captured if not any(word in query["sql"] for word in around)])
