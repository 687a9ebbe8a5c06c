"""A Home Assistant for trying the integration, with the simulator as its cloud."""
