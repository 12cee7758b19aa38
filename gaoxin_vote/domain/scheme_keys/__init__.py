"""Every key of a scheme, by the parts of the year that it rules."""
