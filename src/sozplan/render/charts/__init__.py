"""Pictures of areas, targets and money, each with its finding and its table.

They take plain values that may be shown; what is withheld is not among them, so nothing drawn can tell it.
Vega-Lite draws what dossiers show; what stands in papers, where there are many, `sketch` writes as SVG.
"""
