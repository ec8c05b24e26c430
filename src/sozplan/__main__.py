"""`python -m sozplan`."""

import sys

if not sys.flags.safe_path:
    del sys.path[0]  # the current folder, whose files must never be taken for libraries

from sozplan.cli import main

main()
