"""The race: scenario, noise, schedules, simulation and what follows from its trajectories."""
