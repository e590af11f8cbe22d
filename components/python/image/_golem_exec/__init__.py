"""The harness between the component's exports and a user's program. Programs never find it: see hidden.py."""
