"""Slack: events in over HTTP or Socket Mode, answers out as Block Kit.

events.py       what Slack sends -> an Ask or a Verdict            pure
escaping.py     texts that Slack must not read as markup           pure
limits.py       Slack's limits, and texts cut to them              pure
blocks.py       an Answer -> messages of blocks                    pure
client.py       messages -> Slack's Web API, through its failures
desk.py         each Ask gets one answer
channel.py      Rasa's connector: HTTP routes, starting, stopping
socket_mode.py  the same without a public address
"""
