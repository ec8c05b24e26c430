"""Pictures of areas, drawn by Vega-Lite: maps, profiles, ranks and series, each with its finding and its table.

They take plain values that may be shown; what is withheld is not among them, so nothing drawn can tell it.
"""
