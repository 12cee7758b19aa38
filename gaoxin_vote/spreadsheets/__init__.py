"""Excel and CSV files, in and out: what people fill in, and what they are told about their mistakes."""
