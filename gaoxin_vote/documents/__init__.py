"""Paper: the layout of official pages, their electronic signatures, and how both are checked."""
