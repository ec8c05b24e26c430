"""Workbooks for offices: what goes onto their sheets, and what comes back from them."""
