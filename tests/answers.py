"""What tests read of an answer."""


def page_text(response):
    """The page with every run of white space as one space."""
    return " ".join(response.content.decode().split())


def problems(response):
    """What the API refused: [(code, path)]."""
    return [(problem["code"], problem["path"]) for problem in response.json()["errors"]]
