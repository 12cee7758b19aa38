"""Opening the sum of the sealed ballots, never a single one."""
