"""Processes as pictures with lanes: the same places for the SVG on paper and for BPMN 2.0.

`graph` makes nodes and links of steps, `columns`, `lanes`, `routes` and `tracks` find their order, `layout` their
places; `picture`, `strips` and `xml` write them down.
"""
