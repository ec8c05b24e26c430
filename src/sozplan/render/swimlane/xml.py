"""BPMN 2.0 of a layout: what is done, who does it, and where it stands, for the programs that model processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from sozplan import __version__
from sozplan.diagnostics import Lang
from sozplan.model.processes import Process
from sozplan.render.swimlane.graph import Mark, Node, lane_id
from sozplan.render.swimlane.places import Box, Label, Layout
from sozplan.render.swimlane.words import described, notes

Element = Any
"""Of lxml, which has no types."""
_BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_DI = "http://www.omg.org/spec/BPMN/20100524/DI"
_DC = "http://www.omg.org/spec/DD/20100524/DC"
_LINES = "http://www.omg.org/spec/DD/20100524/DI"
_SPACES = {None: _BPMN, "bpmndi": _DI, "dc": _DC, "di": _LINES}
_SPACE = "urn:sozplan:process"
_PIXELS = 1.5
"""Other programs write with 12 pixels what stands in 8 points on paper."""
_CORNER = (160.0, 80.0)
_KINDS = {
    Mark.START: "startEvent",
    Mark.END: "endEvent",
    Mark.BETWEEN: "intermediateThrowEvent",
    Mark.TASK: "task",
    Mark.CHOICE: "exclusiveGateway",
    Mark.MEETING: "exclusiveGateway",
    Mark.FORK: "parallelGateway",
    Mark.JOIN: "parallelGateway",
}
_DIRECTIONS = {
    Mark.CHOICE: "Diverging",
    Mark.FORK: "Diverging",
    Mark.MEETING: "Converging",
    Mark.JOIN: "Converging",
}
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- sozplan process export -->\n'
"""How each file of ours begins; a program that changes it writes a beginning of its own."""


def bpmn(process: Process, layout: Layout, naming: Callable[[str], str], lang: Lang) -> bytes:
    """One document; ids follow from those of process, steps and offices, so that two versions can be compared."""
    document = _Writing(process, layout, naming, lang).document()
    return HEAD + bytes(etree.tostring(document, pretty_print=True, encoding="utf-8"))


class _Writing:
    def __init__(self, process: Process, layout: Layout, naming: Callable[[str], str], lang: Lang) -> None:
        self.process, self.layout, self.naming, self.lang = process, layout, naming, lang
        self.nodes = [shape.node for shape in layout.shapes]
        self.flows = [self._flow_id(line.link.source, line.link.target) for line in layout.lines]
        self.pool, self.work = f"pool_{process.id}", f"process_{process.id}"

    def _flow_id(self, source: int, target: int) -> str:
        return f"flow_{self.nodes[source].id}_{self.nodes[target].id}"

    def document(self) -> Element:
        root = etree.Element(f"{{{_BPMN}}}definitions", nsmap=_SPACES)
        root.set("id", f"definitions_{self.process.id}")
        root.set("name", self.process.name)
        root.set("targetNamespace", _SPACE)
        root.set("exporter", "sozplan")
        root.set("exporterVersion", __version__)
        together = _child(root, "collaboration", id=f"collaboration_{self.process.id}")
        _child(together, "participant", id=self.pool, name=self.process.name, processRef=self.work)
        self._work(_child(root, "process", id=self.work, name=self.process.name, isExecutable="false"))
        self._diagram(root)
        return root

    def _work(self, work: Element) -> None:
        _documented(work, described(self.process, self.naming, self.lang))
        lanes = _child(work, "laneSet", id=f"lanes_{self.process.id}")
        for lane in self.layout.lanes:
            found = _child(lanes, "lane", id=lane_id(lane.holder), name=lane.name)
            for node in self.nodes:
                if node.lane == lane.holder:
                    _child(found, "flowNodeRef").text = node.id
        begins = sum(node.mark is Mark.START for node in self.nodes)
        for at, node in enumerate(self.nodes):
            self._node(work, at, node, is_message=begins > 1 and node.mark is Mark.START)
        for id, line in zip(self.flows, self.layout.lines, strict=True):
            ends = {"sourceRef": self.nodes[line.link.source].id, "targetRef": self.nodes[line.link.target].id}
            _child(work, "sequenceFlow", id=id, **_named(line.link.label), **ends)

    def _node(self, work: Element, at: int, node: Node, *, is_message: bool) -> None:
        direction = {"gatewayDirection": _DIRECTIONS[node.mark]} if node.mark in _DIRECTIONS else {}
        found = _child(work, _KINDS[node.mark], id=node.id, **_named(node.name), **direction)
        if node.number is not None:
            _documented(found, notes(self.process.steps[node.number - 1], self.naming, self.lang))
        for kind, end in (("incoming", "target"), ("outgoing", "source")):
            for id, line in zip(self.flows, self.layout.lines, strict=True):
                if getattr(line.link, end) == at:
                    _child(found, kind).text = id
        if is_message:
            _child(found, "messageEventDefinition", id=f"message_{node.id}")

    def _diagram(self, root: Element) -> None:
        diagram = _child(root, "BPMNDiagram", space=_DI, id=f"diagram_{self.process.id}")
        plane = _child(
            diagram,
            "BPMNPlane",
            space=_DI,
            id=f"plane_{self.process.id}",
            bpmnElement=f"collaboration_{self.process.id}",
        )
        _shape(plane, self.pool, self.layout.box, isHorizontal="true")
        for lane in self.layout.lanes:
            _shape(plane, lane_id(lane.holder), lane.box, isHorizontal="true")
        for shape in self.layout.shapes:
            marker = {"isMarkerVisible": "true"} if shape.node.mark in (Mark.CHOICE, Mark.MEETING) else {}
            found = _shape(plane, shape.node.id, shape.box, **marker)
            if shape.label and shape.node.mark is not Mark.TASK:
                _label(found, shape.label)
        for id, line in zip(self.flows, self.layout.lines, strict=True):
            edge = _child(plane, "BPMNEdge", space=_DI, id=f"edge_{id}", bpmnElement=id)
            for x, y in line.spots:
                _child(edge, "waypoint", space=_LINES, **_numbers(x=_across(x), y=_down(y)))
            if line.label:
                _label(edge, line.label)


def _child(parent: Element, tag: str, *, space: str = _BPMN, **attributes: str) -> Element:
    return etree.SubElement(parent, f"{{{space}}}{tag}", attrib=attributes)


def _named(name: str) -> dict[str, str]:
    return {"name": name} if name else {}


def _documented(parent: Element, lines: Sequence[str]) -> None:
    if lines:
        _child(parent, "documentation").text = "\n".join(lines)


def _shape(plane: Element, id: str, box: Box, **attributes: str) -> Element:
    found = _child(plane, "BPMNShape", space=_DI, id=f"shape_{id}", bpmnElement=id, **attributes)
    _bounds(found, box)
    return found


def _label(parent: Element, label: Label) -> None:
    _bounds(_child(parent, "BPMNLabel", space=_DI), label.box)


def _bounds(parent: Element, box: Box) -> None:
    sizes = {"x": _across(box.x), "y": _down(box.y), "width": box.wide * _PIXELS, "height": box.high * _PIXELS}
    _child(parent, "Bounds", space=_DC, **_numbers(**sizes))


def _across(x: float) -> float:
    return _CORNER[0] + x * _PIXELS


def _down(y: float) -> float:
    return _CORNER[1] + y * _PIXELS


def _numbers(**values: float) -> dict[str, str]:
    return {name: f"{round(value, 2) + 0:.10g}" for name, value in values.items()}
