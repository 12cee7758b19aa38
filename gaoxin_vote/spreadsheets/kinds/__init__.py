"""One module for each kind of file: its columns, its checks, and how a row becomes a value."""
