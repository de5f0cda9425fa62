"""What all of the core stands on: arrays, problems, resources, hyperparameters."""
