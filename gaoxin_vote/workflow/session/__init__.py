"""A voting session from its preparation to its close: slips, check-in, casting."""
