"""The standard, audits against it, the violations they find, and the figures that follow."""
