"""Making the year's election key together with the trustees."""
