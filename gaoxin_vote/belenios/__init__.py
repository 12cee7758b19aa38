"""What keeps a vote secret and a count checkable: the Belenios protocol, format version 1.

Knows nothing of the assessment. ``BELENIOS 7.1`` in a docstring is a section of the specification;
docs/protocol.md says what is used of it and what is added.
"""
