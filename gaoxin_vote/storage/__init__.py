"""What is kept: the one encrypted file that an office works in, a module for each part of it.

Each store takes the open `Workspace`; docs/storage.md says what lies where, and what must never be written.
"""
