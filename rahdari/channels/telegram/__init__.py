"""The Telegram channel: updates in by webhook or long polling, answers out as HTML with buttons."""
