"""Names for the array types, and the checks that every array passes on its way in."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray: TypeAlias = NDArray[np.float64]
BlockArray: TypeAlias = NDArray[np.float32]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]
TextArray: TypeAlias = NDArray[np.str_]

NO_PAIRS: IntArray = np.zeros((0, 2), dtype=np.int64)
NO_PAIRS.setflags(write=False)


def frozen(array: NDArray[np.generic]) -> None:
    array.setflags(write=False)


def whole_numbers(values: ArrayLike, shape: tuple[int | None, ...], what: str, *, least: int = 0) -> IntArray:
    """A read-only copy as int64 of shape `shape` (None: any length). Raises ValueError for another shape, for
    numbers that are not whole, and for numbers below `least`."""
    given = np.asarray(values)
    if given.size == 0 and given.ndim < len(shape):  # an empty list does not say how wide it is
        given = np.zeros([0 if length is None else length for length in shape], dtype=np.int64)
    _check_shape(given, shape, what)
    if given.dtype.kind not in "iub" and (given.dtype.kind != "f" or (given != np.floor(given)).any()):
        raise ValueError(f"{what} must be whole numbers.")
    numbers = given.astype(np.int64)
    if numbers.size and numbers.min() < least:
        raise ValueError(f"{what} must not be below {least}; found {numbers.min()}.")
    frozen(numbers)
    return numbers


def finite_numbers(values: ArrayLike, shape: tuple[int | None, ...], what: str) -> FloatArray:
    """A read-only copy as float64. Raises ValueError for another shape, and for NaN, infinity or a
    negative."""
    numbers = np.array(values, dtype=np.float64)
    _check_shape(numbers, shape, what)
    if not np.isfinite(numbers).all() or (numbers < 0).any():
        raise ValueError(f"{what} must be finite and not negative.")
    frozen(numbers)
    return numbers


def distinct_keys(values: ArrayLike, what: str) -> TextArray:
    """A read-only copy as text, (k,). Raises ValueError where a key is empty or comes twice."""
    keys = np.array(values, dtype=np.str_).reshape(-1)
    names, counts = np.unique(keys, return_counts=True)
    if (counts > 1).any():
        raise ValueError(f"{what} must be distinct; {str(names[counts > 1][0])!r} comes twice.")
    if (names == "").any():
        raise ValueError(f"{what} must not be empty.")
    frozen(keys)
    return keys


def pairs_within(values: ArrayLike, mentees: int, mentors: int, what: str) -> IntArray:
    """A read-only copy of pairs (k, 2) of rows, sorted and without repetition. Raises ValueError for a row
    that does not exist."""
    pairs = np.unique(whole_numbers(values, (None, 2), what), axis=0)
    if pairs.size and (pairs[:, 0].max() >= mentees or pairs[:, 1].max() >= mentors):
        raise ValueError(f"{what} name a row that does not exist.")
    frozen(pairs)
    return pairs


def _check_shape(values: NDArray[np.generic], shape: tuple[int | None, ...], what: str) -> None:
    fits = values.ndim == len(shape) and all(
        wanted is None or wanted == length for wanted, length in zip(shape, values.shape, strict=True)
    )
    if not fits:
        wanted = ", ".join("any" if length is None else str(length) for length in shape)
        raise ValueError(f"{what} must have the shape ({wanted}), not {values.shape}.")
