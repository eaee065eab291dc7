"""Losses to a target: who searches, and how the counts are shown."""
