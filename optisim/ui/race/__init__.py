"""The race lab: player, worker, inspection, panels and exports."""
