"""Moving pictures: what a camera films, and the ways the cloud hands it out.

``scene`` draws, ``coding`` compresses, ``films`` keeps what was compressed. From there
``hls`` serves playlists and segments, and ``sockets`` serves EZOPEN, whose parts are
``vendor`` (the API the maker's player calls first), ``hello`` (its key exchange),
``program`` and ``packets`` (the two forms of the media) and ``secrecy``.

The protocol was read off the maker's player and public clients; no maker's document
describes it. What the simulator decides itself:

* Every second of film is drawn and compressed when first wanted, for its own moment, and
  starts with a key frame. All viewers of a camera share it.
* ``.hd.live`` and recordings are the main stream (640x360), ``.live`` is the sub-stream
  (320x180). Both have 15 frames a second and no sound.
* Times of a recording are wall-clock times of the account's site; the ``Z`` the player
  puts behind them means nothing.
* RTMP addresses are given out, but nothing answers there.
"""
