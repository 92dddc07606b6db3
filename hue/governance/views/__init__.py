"""The screens of what is laid down: the policy, packs on their way, the stop of everything."""
