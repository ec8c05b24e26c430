"""What earlier runs found out and later ones need not: only ever a shortcut, never a source."""
