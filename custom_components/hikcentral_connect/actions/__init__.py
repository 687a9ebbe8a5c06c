"""Actions, one module for each topic."""
