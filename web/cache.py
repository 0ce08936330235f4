"""Valkey as a cache that may be missing: whatever it cannot answer counts as not there."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

T = TypeVar("T")


def _or_else(default: T, ask: Callable[[], T]) -> T:
    try:
        return ask()
    except (RedisError, OSError):
        return default


class ForgivingCache(RedisCache):
    """For what is nice to know fast and harmless to forget. Sessions and sign-in limits are not kept here."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return _or_else(default, lambda: super(ForgivingCache, self).get(key, default, version))

    def set(self, key: Any, value: Any, timeout: Any = 300, version: int | None = None) -> None:
        _or_else(None, lambda: super(ForgivingCache, self).set(key, value, timeout, version))

    def add(self, key: Any, value: Any, timeout: Any = 300, version: int | None = None) -> bool:
        return _or_else(False, lambda: super(ForgivingCache, self).add(key, value, timeout, version))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return _or_else(False, lambda: super(ForgivingCache, self).delete(key, version))
