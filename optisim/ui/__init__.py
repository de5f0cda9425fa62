"""The window: panels, player and worker. Panels do not know each other; they meet in the Player."""
