"""What is true: the rules of the notice as values and functions from values to values.

Nothing here asks the clock, chance or the disk, and scores are `Decimal`. ``R8`` in a docstring is a rule of
the notice and ``A12`` a place where it can be read in more than one way; docs/rules.md lists both.
"""
