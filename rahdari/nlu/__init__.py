"""Rasa's natural language understanding, by own graph components. Importing this package imports nothing else."""
