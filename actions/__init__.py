"""Rasa's custom actions: a tracker becomes a Question, an Answer goes to the dispatcher; nothing else."""
