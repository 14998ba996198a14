"""``python -m sdgalign``."""

from sdgalign.cli import main

if __name__ == "__main__":
    main()
