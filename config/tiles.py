"""Which other server a page may ask for the ground of its map."""

from urllib.parse import urlsplit


def origin_of(tiles: str) -> list[str]:
    """What Content-Security-Policy must allow for tiles of this address: one origin, none for a blank address.

    ValueError for an address that is not of the web: a slip must be seen at the start, not as a grey map.
    """
    if not tiles:
        return []
    address = urlsplit(tiles)
    if address.scheme not in {"http", "https"} or not address.netloc:
        raise ValueError(f"MAP_TILES_URL must begin with https:// and name a server: {tiles}")
    # Tiles of one map come from several names: {s} stands for a, b and c.
    return [f"{address.scheme}://{address.netloc.replace('{s}', '*')}"]
