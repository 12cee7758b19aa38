"""What stands in the cells of a file, whatever its format; knows nothing of the assessment."""
