"""Why did a unit get what it got: the derivation of a result, step by step, as data."""
