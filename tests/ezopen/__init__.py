"""EZOPEN streams become transport streams: decoded with FFmpeg, judged by pixels."""
