"""Social-area indices: `evaluate` rates the areas, `vary` tries how firm the result is, `definition` finds faults.

Only `definition`, `components` and `coverage` may be imported where speed counts; the rest needs numpy.
"""
