"""Checking a package, an archive or a sheet with nothing but the file: no workspace, no passphrase."""
