"""What a file says of one thing: its fields by name and type, with defaults for those that it leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from optisim.core.base.problems import N_, Problem

T = TypeVar("T")


def differing(data: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Those fields that are not as in `defaults`: what is written."""
    return {name: value for name, value in data.items() if name not in defaults or value != defaults[name]}


class Fields:
    """The fields of one thing in a file; asking for one that is missing or wrong raises a Problem that names it.

    Args:
        data: what JSON has of the thing; it should be a dictionary.
        path: where in the file the thing is, such as `runs.1`.
    """

    def __init__(self, data: object, path: str = "") -> None:
        if type(data) is not dict:
            raise _wrong(path)
        self.data: dict[str, Any] = data
        self._path = path

    def or_else(self, defaults: Mapping[str, Any]) -> Fields:
        """The same, with `defaults` for the fields that are left out."""
        return Fields({**defaults, **self.data}, self._path)

    def get(self, name: str, kind: type[T]) -> T:
        """A field of just this type, but that a whole number is a float, too; true is no number."""
        self.require(name)
        value = self.data[name]
        if kind is float and type(value) is int:
            try:
                value = float(value)
            except OverflowError:
                raise self.wrong(name) from None
        if type(value) is not kind:
            raise self.wrong(name)
        return value

    def numbers(self, name: str, count: int) -> list[float]:
        """A list of so many numbers."""
        listed = self.listed(name)
        if len(listed.data) != count:
            raise self.wrong(name)
        return [listed.get(place, float) for place in listed.data]

    def part(self, name: str) -> Fields:
        """A thing inside this one."""
        self.require(name)
        return Fields(self.data[name], self._at(name))

    def parts(self, name: str) -> list[Fields]:
        """A list of things inside this one."""
        listed = self.listed(name)
        return [listed.part(place) for place in listed.data]

    def listed(self, name: str) -> Fields:
        """A list inside this thing, as fields called 0, 1, …"""
        return Fields({str(place): value for place, value in enumerate(self.get(name, list))}, self._at(name))

    def require(self, *names: str) -> None:
        """Make sure that these fields are there."""
        for name in names:
            if name not in self.data:
                raise Problem(N_("This document is damaged: “{part}” is missing."), part=self._at(name))

    def wrong(self, name: str) -> Problem:
        """The sentence about a field whose value makes no sense."""
        return _wrong(self._at(name))

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name


def _wrong(path: str) -> Problem:
    return Problem(N_("This document is damaged: “{part}” is not what it should be."), part=path)
