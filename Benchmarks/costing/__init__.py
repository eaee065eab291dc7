"""What answers cost: measured, and as the host charges it."""
