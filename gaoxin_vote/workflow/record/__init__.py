"""The record package: everything of a finished year in one file, and the sample year."""
