"""Where the shapes of an SVG file lie on the page."""

import re
import xml.etree.ElementTree as ElementTree

import numpy as np

HREF = "{http://www.w3.org/1999/xlink}href"
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def local(element):
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def drawn(root):
    """Every shape with its attributes, inherited ones too, and its matrix to the page."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}

    def walk(element, attributes, matrix):
        if local(element) in ("defs", "style"):
            return
        attributes = attributes | element.attrib
        if "transform" in element.attrib:
            a, b, c, d, e, f = numbers(element.attrib["transform"].removeprefix("matrix"))
            matrix = matrix @ np.array([[a, c, e], [b, d, f], [0, 0, 1]])
        if local(element) == "use":
            x, y = (float(element.get(name, 0)) for name in ("x", "y"))
            yield named[element.get(HREF)[1:]], attributes, matrix @ np.array([[1, 0, x], [0, 1, y], [0, 0, 1]])
        elif local(element) not in ("svg", "g", "title", "desc", "metadata"):
            yield element, attributes, matrix
        for child in element:
            yield from walk(child, attributes, matrix)

    return list(walk(root, {}, np.eye(3)))


def numbers(text):
    return [float(word) for word in NUMBER.findall(text)]


def corners(element):
    """The points that a shape spans, (n, 2), in its own coordinates."""
    get = lambda name: float(element.get(name, 0))  # noqa: E731
    match local(element):
        case "path":
            points = numbers(element.get("d", ""))
        case "polyline" | "polygon":
            points = numbers(element.get("points", ""))
        case "rect" | "image":
            left, top, right, bottom = get("x"), get("y"), get("x") + get("width"), get("y") + get("height")
            points = [left, top, right, top, right, bottom, left, bottom]
        case "circle" | "ellipse":
            rx, ry = (get("r"), get("r")) if local(element) == "circle" else (get("rx"), get("ry"))
            points = [get("cx") - rx, get("cy") - ry, get("cx") + rx, get("cy") + ry]
        case "line":
            points = [get("x1"), get("y1"), get("x2"), get("y2")]
        case "text":
            points = [get("x"), get("y")]
        case other:
            raise AssertionError(f"<{other}> is new here")
    return np.reshape(points, (-1, 2))


def on_page(element, matrix):
    """The points that a shape spans, (n, 2), on the page."""
    return corners(element) @ matrix[:2, :2].T + matrix[:2, 2]


def parse(path):
    return ElementTree.parse(path).getroot()
