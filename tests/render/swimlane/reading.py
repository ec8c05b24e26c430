"""Reads BPMN back, without our writer: steps with their ways, and where everything stands."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]

SPACES = {
    "b": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "d": "http://www.omg.org/spec/BPMN/20100524/DI",
    "c": "http://www.omg.org/spec/DD/20100524/DC",
    "l": "http://www.omg.org/spec/DD/20100524/DI",
}
KINDS = ("startEvent", "endEvent", "intermediateThrowEvent", "task", "exclusiveGateway", "parallelGateway")
PIXELS = 1.5


class ReadStep(NamedTuple):
    kind: str
    name: str
    lane: str
    notes: str
    ways: frozenset[tuple[str, str]]
    """Steps that follow, with the answer that leads there."""


class Read(NamedTuple):
    name: str
    steps: dict[str, ReadStep]
    bounds: dict[str, tuple[float, ...]]
    lines: dict[str, tuple[tuple[float, float], ...]]


def read(document: bytes) -> Read:
    """Gateways that no step stands for are walked through: what they join are the ways of the steps around them."""
    root = etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    flows = {flow.get("id"): flow for flow in root.iterfind(".//b:sequenceFlow", SPACES)}
    nodes = {node.get("id"): node for kind in KINDS for node in root.iterfind(f".//b:{kind}", SPACES)}
    _agree(nodes, flows)
    lanes = {ref.text: lane.get("name") for lane in root.iterfind(".//b:lane", SPACES) for ref in lane}
    steps = {
        id.removeprefix("step_"): ReadStep(
            etree.QName(node).localname,
            node.get("name", ""),
            lanes[id],
            node.findtext("b:documentation", "", SPACES),
            frozenset(_ways(id, "", flows)),
        )
        for id, node in nodes.items()
        if id.startswith("step_")
    }
    return Read(root.find("b:process", SPACES).get("name"), steps, *_places(root))


def _agree(nodes: dict[str, etree._Element], flows: dict[str, etree._Element]) -> None:
    """What a node says of its flows is what the flows say of the node."""
    for id, node in nodes.items():
        for kind, end in (("incoming", "targetRef"), ("outgoing", "sourceRef")):
            told = [each.text for each in node.iterfind(f"b:{kind}", SPACES)]
            assert sorted(told) == sorted(name for name, flow in flows.items() if flow.get(end) == id)


def _ways(id: str, label: str, flows: dict[str, etree._Element]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for flow in flows.values():
        if flow.get("sourceRef") == id:
            to, said = flow.get("targetRef"), flow.get("name", label)
            found |= {(to.removeprefix("step_"), said)} if to.startswith("step_") else _ways(to, said, flows)
    return found


def _places(
    root: etree._Element,
) -> tuple[dict[str, tuple[float, ...]], dict[str, tuple[tuple[float, float], ...]]]:
    bounds = {
        shape.get("bpmnElement"): tuple(
            float(shape.find("c:Bounds", SPACES).get(key)) for key in ("x", "y", "width", "height")
        )
        for shape in root.iterfind(".//d:BPMNShape", SPACES)
    }
    lines = {
        edge.get("bpmnElement"): tuple(
            (float(w.get("x")), float(w.get("y"))) for w in edge.iterfind("l:waypoint", SPACES)
        )
        for edge in root.iterfind(".//d:BPMNEdge", SPACES)
    }
    return bounds, lines
