"""What the parts of a document say, as frozen values: templates only lay them out."""
