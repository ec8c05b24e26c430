"""The only code that reads files and git."""

from sozplan.repo.codes import CODES
from sozplan.repo.load import Loaded, load
from sozplan.repo.tree import Tree, WorkTree

__all__ = ["CODES", "Loaded", "Tree", "WorkTree", "load"]
