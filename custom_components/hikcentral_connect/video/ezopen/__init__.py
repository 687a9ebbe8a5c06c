"""Live EZOPEN streams, made into something that every player understands.

    socket      opens a stream; its binary messages go to
    remuxer     which reads the head, takes apart
    program     an MPEG program stream, or
    packets     RTP packets
    secrecy     decrypts the NAL units
    units       gathers them to pictures, on
    timeline    a time line without jumps, and
    transport   writes an MPEG transport stream

Everything but `socket` is pure. No maker's document describes the protocol: what is
known of it was read off the maker's own player and public clients.
"""
