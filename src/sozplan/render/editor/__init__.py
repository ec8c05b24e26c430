"""What an editor needs to help with planning files."""
