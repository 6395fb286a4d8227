package dev.offload.spring;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

/**
 * The items of a call that comes as a stream, or, if it fails before the first of them,
 * those of its answer. An answer stands for the whole, so it cannot follow the first part
 * of another. For one thread at a time.
 */
final class AnsweredItems implements Iterator<@Nullable Object> {

	private final Stream<?> call;

	private final Answering answering;

	private @Nullable Iterator<?> items;

	private @Nullable Stream<?> answer;

	/** Whether it is known of what the items are. */
	private boolean decided;

	private AnsweredItems(Stream<?> call, Answering answering) {
		this.call = call;
		this.answering = answering;
	}

	static Stream<@Nullable Object> of(Stream<?> call, Answering answering) {
		AnsweredItems items = new AnsweredItems(call, answering);
		return StreamSupport
			.<@Nullable Object>stream(Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED), false)
			.onClose(items::close);
	}

	@Override
	public boolean hasNext() {
		try {
			boolean more = items().hasNext();
			this.decided = true;
			if (!more) {
				closeAnswer();
			}
			return more;
		}
		catch (RuntimeException | Error ex) {
			if (this.decided) {
				throw ex;
			}
			this.decided = true;
			this.items = answer(ex).iterator();
			return hasNext();
		}
	}

	// The answer is nobody's else: who reads to the end need not close.
	private void closeAnswer() {
		Stream<?> other = this.answer;
		if (other != null) {
			this.answer = null;
			other.close();
		}
	}

	private Iterator<?> items() {
		Iterator<?> known = this.items;
		if (known == null) {
			known = this.call.iterator();
			this.items = known;
		}
		return known;
	}

	// What is thrown on for want of an answer is the same, or what that was the cause of.
	@SuppressWarnings("ReferenceEquality")
	private Stream<?> answer(Throwable failure) {
		try {
			Object given = this.answering.answer(failure);
			Stream<?> found = (given != null) ? (Stream<?>) given : Stream.empty();
			this.answer = found;
			return found;
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw (failure instanceof CompletionException wrapping && wrapping.getCause() == ex) ? wrapping
					: new CompletionException(ex);
		}
	}

	@Override
	public @Nullable Object next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		return items().next();
	}

	private void close() {
		try {
			this.call.close();
		}
		finally {
			closeAnswer();
		}
	}

	/**
	 * Gives another stream for one that has failed.
	 */
	@FunctionalInterface
	interface Answering {

		@Nullable Object answer(Throwable failure) throws Throwable;

	}

}
