"""Workaround: Rasa looks for rules on a message's text, then on its intent; the rules of this bot have no text.

Where none of a policy's rules reads a text, the first of the two searches, which can find nothing, is left out.
Rasa 3.6.21 is the last of 3.6.
"""

from __future__ import annotations

from typing import Any


def install() -> None:
    """Make the rule policies of this process search once; a second call changes nothing."""
    from rasa.core.policies.rule_policy import RULES, RulePolicy

    find = RulePolicy._find_action_from_rules
    if getattr(find, "skips", False):
        return

    def find_once(policy: Any, tracker: Any, domain: Any, use_text_for_last_user_input: bool) -> Any:
        if use_text_for_last_user_input:
            if not hasattr(policy, "reads_text"):
                policy.reads_text = any('"text"' in key for key in policy.lookup[RULES])
            if not policy.reads_text:
                return None, None, False
        return find(policy, tracker, domain, use_text_for_last_user_input)

    find_once.skips = True  # type: ignore[attr-defined]
    RulePolicy._find_action_from_rules = find_once
