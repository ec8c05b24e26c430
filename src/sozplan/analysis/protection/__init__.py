"""Which numbers must be withheld so that no small count follows from those that stay.

`relations` says what a sum is, `attack` what follows from sums, `suppress` which further cells to withhold, `fewest`
how few will do, `ways` which few do where that is too much to ask, and `table` makes the sums of an indicator from a
case.
"""
