"""`python -m sozplan`."""

from sozplan.cli import main

main()
