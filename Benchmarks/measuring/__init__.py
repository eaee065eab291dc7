"""How figures are measured, compared and shown."""
