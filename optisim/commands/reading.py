"""Reading the values of options; each mistake is a sentence with the option's name."""

from __future__ import annotations

import re
from collections.abc import Collection

from optisim.core.base.problems import N_, Problem
from optisim.core.surfaces import Parameter, Point


def parameter(text: str) -> Parameter:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not name:
        raise Problem(
            N_("“{part}” is not of the form name=value; write, say, {example}."), part=text, example="a=3"
        )
    at = number(value, "--param")
    return Parameter.checked(name, at, min(0.0, at), max(10.0, at))


def point(text: str) -> Point:
    x, y = numbers(text, 2, "--start", "-7,2")
    return x, y


def numbers(text: str, count: int, option: str, example: str) -> list[float]:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != count:
        raise Problem(
            N_("{option} takes {count} numbers with commas between them, such as {option}={example}."),
            option=option,
            count=count,
            example=example,
        )
    return numbers


def number(text: str, option: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise Problem(N_("{option} takes a number, not “{value}”."), option=option, value=text) from None


def whole(text: str, option: str) -> int:
    if not re.fullmatch(r"\s*[+-]?\d{1,12}\s*", text, re.ASCII):
        raise Problem(N_("{option} takes a whole number, not “{value}”."), option=option, value=text)
    return int(text)


def one_of(value: str, allowed: Collection[str], option: str) -> str:
    if value not in allowed:
        raise Problem(
            N_("{option} takes one of {allowed}, not “{value}”."),
            option=option,
            allowed=", ".join(allowed),
            value=value,
        )
    return value
