package dev.offload.local;

import java.util.Iterator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.offload.dispatch.PendingTask;
import dev.offload.dispatch.StreamBuffer;
import dev.offload.dispatch.WorkRunner;
import dev.offload.spi.StreamResults;

/**
 * Runs tasks to the end of their streams, where others take the items meanwhile.
 */
final class StreamingRunner implements WorkRunner {

	private final WorkRunner runner;

	StreamingRunner(WorkRunner runner) {
		this.runner = runner;
	}

	@Override
	public @Nullable Object run(PendingTask task) throws Throwable {
		StreamBuffer buffer = task.work().buffer();
		if (buffer == null) {
			return this.runner.run(task);
		}
		try (Stream<?> stream = StreamResults.of(this.runner.run(task))) {
			Iterator<?> items = stream.iterator();
			while (items.hasNext()) {
				buffer.put(new Item(items.next()));
			}
		}
		return null;
	}

	/**
	 * One item, which counts as a kilobyte, for nobody knows how large it is.
	 */
	private static final class Item implements StreamBuffer.Parcel {

		private final @Nullable Object value;

		private boolean taken;

		Item(@Nullable Object value) {
			this.value = value;
		}

		@Override
		public long bytes() {
			return 1024;
		}

		@Override
		public boolean hasNext() {
			return !this.taken;
		}

		@Override
		public @Nullable Object next() {
			this.taken = true;
			return this.value;
		}

	}

}
