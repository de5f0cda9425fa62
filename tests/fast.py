"""How thorough tests are. `--fast` asks for what one wants to know at each change; conftest.py sees to it."""

wanted = False


def examples(number: int) -> int:
    """How many examples hypothesis is to try where `number` are thorough."""
    return max(number // 10, 5) if wanted else number
