"""Workbooks that offices fill in."""
