import pytest

from bench.modules import find_benchmarks


def test_an_unknown_benchmark_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no_such"):
        find_benchmarks(["no_such"])
