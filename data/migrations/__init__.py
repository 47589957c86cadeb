"""How a database made by an earlier release becomes one of this release."""
