"""One module for each sheet that is printed: its figures as a value, and how they are drawn."""
