"""The contract table: what each operation sends and reads."""
