"""`python -m rahdari.encoding`: prepare the encoder at set-up, so that no first person waits for it."""

from rahdari.encoding.model import prepared

if __name__ == "__main__":
    print(f"The sentence encoder is ready: {prepared()}")
