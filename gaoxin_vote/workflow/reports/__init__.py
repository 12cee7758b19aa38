"""What is printed or shown of a year: sheets, the overview, the audit log."""
