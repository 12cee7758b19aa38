"""How did the tables of a workspace file come to be? One script per released schema."""
