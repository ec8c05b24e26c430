"""Changing YAML files by their text: what is meant is replaced, every other byte stays as somebody wrote it.

A round trip through a tree of YAML would keep the comments, but wrap, indent and quote anew. Here a change is a piece
of text put in at a known place, and the result is read again: unless it says exactly what was to be said, nothing
comes of it.
"""
