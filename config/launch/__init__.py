"""The verbs of the Makefile, and the one-command run with its own PostgreSQL and Valkey. Never part of production."""
