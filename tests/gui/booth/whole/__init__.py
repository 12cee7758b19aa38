"""What takes more than one module of the booth: access for everybody, no trace, a real session."""
