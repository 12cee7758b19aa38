"""The page of one unit: what it got, and why."""
