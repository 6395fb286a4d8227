package dev.offload.spring.reactive;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Signal;

/**
 * The items of a publisher for the thread that wants them, which subscribes when it wants
 * the first, and waits for each. It asks for one at a time: what makes items on the
 * thread that asks makes none before the last one was taken.
 */
final class PublishedItems extends BaseSubscriber<Object> implements Iterator<Object> {

	private final Publisher<?> publisher;

	/** What has come, also from what does not keep to the number that was asked for. */
	private final BlockingQueue<Signal<Object>> signals = new LinkedBlockingQueue<>();

	/** Of the thread that wants them. */
	private boolean subscribed;

	/** Of the thread that wants them: the next item, or the end once that has come. */
	private @Nullable Signal<Object> next;

	private PublishedItems(Publisher<?> publisher) {
		this.publisher = publisher;
	}

	static Stream<Object> of(Publisher<?> publisher) {
		PublishedItems items = new PublishedItems(publisher);
		return StreamSupport
			.stream(Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED | Spliterator.NONNULL), false)
			.onClose(items::cancel);
	}

	@Override
	public boolean hasNext() {
		Signal<Object> now = this.next;
		if (now == null) {
			now = await();
			this.next = now;
		}
		Throwable failure = now.getThrowable();
		if (failure != null) {
			throw PublishedItems.<RuntimeException>asItIs(failure);
		}
		return now.isOnNext();
	}

	private Signal<Object> await() {
		if (this.subscribed) {
			request(1);
		}
		else {
			this.subscribed = true;
			this.publisher.subscribe(this);
		}
		try {
			return this.signals.take();
		}
		catch (InterruptedException ex) {
			cancel();
			throw PublishedItems.<RuntimeException>asItIs(ex);
		}
	}

	// An iterator has no word for what is checked, and who runs the task takes it all.
	@SuppressWarnings("unchecked")
	private static <X extends Throwable> RuntimeException asItIs(Throwable failure) throws X {
		throw (X) failure;
	}

	@Override
	public Object next() {
		Object item = hasNext() ? itemOf(this.next) : null;
		if (item == null) {
			throw new NoSuchElementException();
		}
		this.next = null;
		return item;
	}

	private static @Nullable Object itemOf(@Nullable Signal<Object> signal) {
		return (signal != null) ? signal.get() : null;
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		request(1);
	}

	@Override
	protected void hookOnNext(Object item) {
		this.signals.add(Signal.next(item));
	}

	@Override
	protected void hookOnComplete() {
		this.signals.add(Signal.complete());
	}

	@Override
	protected void hookOnError(Throwable failure) {
		this.signals.add(Signal.error(failure));
	}

	// Whoever waits for an item is told.
	@Override
	protected void hookOnCancel() {
		this.signals.add(Signal.error(new CancellationException("The stream was closed")));
	}

}
