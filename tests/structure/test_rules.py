"""Whom a rule names is somebody whom this house knows."""

import pytest

from hue.guard.rule import Rule
from hue.guard.rules import RULES
from hue.people.roles import ROLES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_whom_a_rule_names_is_a_role(rule: Rule) -> None:
    assert set(rule.may_override) <= ROLES.keys()
