"""Jobs for integrators."""
