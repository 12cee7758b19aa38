"""What people do: one human act is one function and one transaction, a folder for each stage of the year."""
