"""Update rules as equations that run: notation, rules with the numbers of a step, their source traced."""
