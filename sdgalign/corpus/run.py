"""Analyse a corpus: everything that is new or changed, whatever happens meanwhile.

The process that runs this is the only one that writes; workers get documents and send back
results. A document is done when its transaction is, so that a run that ends at any moment, killed
or not, is taken up again by the next one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from sdgalign.corpus.crew import Crew
from sdgalign.corpus.events import Ended, Ending, OnEnd, OnNote
from sdgalign.corpus.executors import Workers
from sdgalign.corpus.keys import result_key
from sdgalign.corpus.ledger import Ledger
from sdgalign.corpus.recording import record_failure, record_result, record_shared
from sdgalign.corpus.records import LedgerDocument, Level, State
from sdgalign.corpus.todo import (
    Item,
    Known,
    Order,
    batches,
    is_worth_another_try,
    largest_first,
    look,
)
from sdgalign.corpus.work import Analysed, Failed
from sdgalign.errors import InputError, NotFoundError

_MOST_UNSAVED = 3
"""Results in a row that could not be written, after which a run stops."""


def analyse_corpus(
    ledger: Ledger,
    known: Sequence[Known],
    workers: Workers,
    order: Order,
    *,
    on_end: OnEnd = lambda ended: None,
    on_note: OnNote = lambda message: None,
) -> None:
    """Analyse the documents that have no result yet.

    Args:
        ledger: Open for writing, with the documents registered.
        known: The documents.
        workers: Where the work is done; closed by the caller.
        order: How.
        on_end: Told what became of each document, once for each.
        on_note: Told in one line about what happens to the run itself.

    Raises:
        ModelError: When workers cannot load the model.
        InputError: When results cannot be written any more, or workers keep dying.
    """
    _Run(ledger, known, order, on_end, on_note).go(Crew(workers, order, on_note))


@dataclass(slots=True)
class _Run:
    ledger: Ledger
    known: Sequence[Known]
    order: Order
    on_end: OnEnd
    on_note: OnNote
    twins: dict[str, list[Item]] = field(default_factory=dict)
    """Per key that is worked on, the other documents with that content."""
    late: list[Item] = field(default_factory=list)
    """Twins of a document that changed before it was read."""
    unsaved: int = 0

    def go(self, crew: Crew) -> None:
        """Work until everything is done."""
        items = self._items()
        while True:
            with closing(crew.results(batches(items))) as results:
                for finished in results:
                    if isinstance(finished.result, Failed):
                        self._fail_item(finished.item, finished.result, finished.seconds)
                    else:
                        self._save(finished.item, finished.result, finished.seconds or 0.0)
            if not self.late:
                return
            items, self.late = iter(self.late), []

    def _items(self) -> Iterator[Item]:
        """Yield what has to be analysed; say of the rest why not."""
        rows = {(each.path, each.part): each for each in self.ledger.documents()}
        for known in largest_first(self.known):
            document = rows[known.found.path, known.found.part]
            try:
                item = look(document, known, self.order)
            except OSError as error:
                why = "it has vanished" if isinstance(error, FileNotFoundError) else error.strerror
                message = f"{document.name}: cannot be opened ({why}). Check the file."
                self._fail(document, None, Failed(NotFoundError.reason, message), 0)
                continue
            if self._is_settled(item):
                continue
            if item.key in self.twins:
                self.twins[item.key].append(item)
            else:
                self.twins[item.key] = []
                yield item

    def _is_settled(self, item: Item) -> bool:
        """Whether nothing has to be done about a document, or only noted."""
        document = item.document
        if self.ledger.result(item.key) is not None:
            if document.state is State.DONE and document.result_key == item.key:
                self._end_without_work(item, Ending.UNCHANGED)
            else:
                self._share(item)
            return True
        failed = document.state is State.FAILED and document.result_key == item.key
        if not failed or is_worth_another_try(document, self.order):
            return False
        kind, error = document.error_kind or "", document.error or ""
        self.on_end(
            Ended(document, Ending.FAILED_BEFORE, item.weight, error_kind=kind, error=error)
        )
        return True

    def _save(self, item: Item, analysed: Analysed, seconds: float) -> None:
        key, model = item.key, self.order.model
        if analysed.sha256 != item.sha256:  # changed between looking and reading
            settings = json.loads(item.settings)
            key = result_key(analysed.sha256, item.known.found.part, settings, model)
        try:
            record_result(self.ledger, item, key, analysed, model=model, seconds=seconds)
        except sqlite3.Error as error:
            self._unsave(item, error)
            return
        self.unsaved = 0
        whole = next(each for each in analysed.alignments if each.level is Level.DOCUMENT)
        stored = self.ledger.result(key)
        self.on_end(
            Ended(
                item.document,
                Ending.ANALYSED,
                item.weight,
                seconds,
                analysed.pages,
                analysed.words,
                analysed.segments,
                whole.score,
                whole.low,
                whole.high,
                losses=stored.losses if stored else (),
            )
        )
        for twin in self.twins.pop(item.key, []):
            if key == item.key:
                self._share(twin)
            else:
                self.twins.setdefault(twin.key, [])
                self.late.append(twin)

    def _share(self, item: Item) -> None:
        """Note that a document has the content of another, whose result is there."""
        try:
            record_shared(self.ledger, item)
        except sqlite3.Error as error:
            self._unsave(item, error)
        else:
            self._end_without_work(item, Ending.SHARED)

    def _end_without_work(self, item: Item, ending: Ending) -> None:
        result = self.ledger.result(item.key)
        assert result is not None
        pages, words, segments = result.pages, result.words, result.segments
        self.on_end(
            Ended(
                item.document,
                ending,
                item.weight,
                pages=pages,
                words=words,
                segments=segments,
                losses=result.losses,
            )
        )

    def _fail_item(self, item: Item, failed: Failed, seconds: float | None = None) -> None:
        for each in (item, *self.twins.pop(item.key, [])):
            message = failed.message.replace(item.document.name, each.document.name, 1)
            told = Failed(failed.kind, message)
            self._fail(each.document, each.key, told, each.weight, seconds)

    def _fail(
        self,
        document: LedgerDocument,
        key: str | None,
        failed: Failed,
        size: int,
        seconds: float | None = None,
    ) -> None:
        try:
            record_failure(self.ledger, document.id, key, failed, seconds)
        except sqlite3.Error as error:
            self.on_note(f"{document.name}: its failure could not be noted ({error}).")
        kind, message = failed.kind, failed.message
        self.on_end(
            Ended(document, Ending.FAILED, size, seconds or 0.0, error_kind=kind, error=message)
        )

    def _unsave(self, item: Item, error: sqlite3.Error) -> None:
        for each in (item, *self.twins.pop(item.key, [])):
            message = f"{each.document.name}: its result could not be written ({error})."
            self.on_end(
                Ended(each.document, Ending.UNSAVED, each.weight, error_kind="disk", error=message)
            )
        self.unsaved += 1
        if self.unsaved >= _MOST_UNSAVED:
            raise InputError(
                f"{self.ledger.project}: cannot be written ({error}). What is done is safe; "
                "make room on the disk and run again."
            ) from error
