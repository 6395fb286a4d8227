package dev.offload.sample.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.jspecify.annotations.Nullable;

import dev.offload.Batch;
import dev.offload.BatchProgress;
import dev.offload.ItemOutcome;
import dev.offload.sample.archive.ArchiveState.Status;
import dev.offload.sample.render.RenderedInvoice;

/**
 * One archive on its way. Its documents come as they are ready, one at a time, and are
 * written to a file: none of them stays in memory. Safe for use by many threads.
 */
public final class Archive {

	private final List<String> numbers;

	private final Path file;

	private final Batch<@Nullable Object> batch;

	private final IntSupplier retried;

	private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

	/** Used by one thread at a time: that which brings the next document. */
	private final ZipOutputStream zip;

	/** Written by whoever brings a document or the end. */
	private volatile ArchiveState state;

	Archive(YearMonth month, List<String> numbers, Path file, Batch<@Nullable Object> batch, IntSupplier retried)
			throws IOException {
		this.numbers = numbers;
		this.file = file;
		this.batch = batch;
		this.retried = retried;
		this.zip = new ZipOutputStream(Files.newOutputStream(file));
		this.state = new ArchiveState(batch.id(), month, Status.RUNNING, numbers.size(), 0, 0, 0, null);
	}

	// Begins to read what is rendered.
	void read() {
		var unused = this.batch.onOutcome(this::add).whenComplete(this::end);
	}

	private void add(ItemOutcome<@Nullable Object> outcome) {
		// That of an item, too, which an operator may have cancelled.
		if (outcome.failure() instanceof CancellationException cancelled) {
			throw cancelled;
		}
		if (!(outcome.value() instanceof RenderedInvoice invoice)) {
			throw new ArchiveException(this.numbers.get((int) outcome.index()), outcome.failure());
		}
		try {
			this.zip.putNextEntry(new ZipEntry(this.numbers.get((int) outcome.index()) + ".pdf"));
			this.zip.write(invoice.pdf());
			this.zip.closeEntry();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The archive cannot be written", ex);
		}
		ArchiveState now = this.state;
		change(Status.RUNNING, now.done() + 1, now.bytes() + invoice.pdf().length, null);
	}

	private void end(@Nullable BatchProgress progress, @Nullable Throwable failure) {
		ArchiveState now = this.state;
		try {
			this.zip.close();
			if (failure == null) {
				change(Status.READY, now.done(), Files.size(this.file), null);
				return;
			}
			Files.deleteIfExists(this.file);
		}
		catch (IOException ex) {
			change(Status.FAILED, now.done(), 0, "The archive cannot be written: " + ex);
			return;
		}
		Throwable within = (failure instanceof CompletionException) ? failure.getCause() : null;
		Throwable cause = (within != null) ? within : failure;
		if (cause instanceof CancellationException) {
			change(Status.CANCELLED, now.done(), 0, null);
		}
		else {
			change(Status.FAILED, now.done(), 0, String.valueOf(cause.getMessage()));
		}
	}

	private void change(Status status, int done, long bytes, @Nullable String message) {
		ArchiveState before = this.state;
		this.state = new ArchiveState(before.id(), before.month(), status, before.total(), done,
				this.retried.getAsInt(), bytes, message);
		this.watchers.forEach(Runnable::run);
	}

	/**
	 * How far it is.
	 * @return the state of this moment
	 */
	public ArchiveState state() {
		return this.state;
	}

	/**
	 * The file, once the archive is ready.
	 * @return the file
	 */
	public Path file() {
		return this.file;
	}

	/**
	 * Has somebody told of each change. It must be quick: documents wait for it.
	 * @param watcher called after each change
	 * @return what ends it
	 */
	public Runnable watch(Runnable watcher) {
		this.watchers.add(watcher);
		return () -> this.watchers.remove(watcher);
	}

	/**
	 * Renders no more.
	 */
	public void cancel() {
		this.batch.cancel();
	}

}
