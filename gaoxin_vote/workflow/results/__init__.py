"""From the counts and the entries to scores, ranks and grades."""
