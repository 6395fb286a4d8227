package dev.offload.batch;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.offload.Invocation;
import dev.offload.ItemOutcome;
import dev.offload.OffloadException;
import dev.offload.Task;
import dev.offload.spi.CallResults;
import dev.offload.spi.Items;

/**
 * What a chunk is as a task, and what its result says of its items.
 */
interface ChunkForm {

	BatchTarget.BatchWork work(Chunk chunk);

	List<ItemOutcome<?>> outcomes(Chunk chunk, @Nullable Object result);

	// How long the items took, 0 if that is not known.
	long nanos(@Nullable Object result);

	// Whether one object does what is to be done with all items.
	boolean hasOneInstance();

	/**
	 * Each item is a task or a call of its own.
	 */
	final class OfTasks implements ChunkForm {

		@Override
		public BatchTarget.BatchWork work(Chunk chunk) {
			Object item = chunk.items().get(0);
			if (item instanceof Task<?> task) {
				return new BatchTarget.BatchWork(task, null);
			}
			if (item instanceof Invocation call) {
				return new BatchTarget.BatchWork(null, call);
			}
			throw new NullPointerException("Task " + chunk.first() + " of the batch is null");
		}

		@Override
		public List<ItemOutcome<?>> outcomes(Chunk chunk, @Nullable Object result) {
			return List.of(new ItemOutcome<>(chunk.first(), result, null));
		}

		@Override
		public long nanos(@Nullable Object result) {
			return 0;
		}

		@Override
		public boolean hasOneInstance() {
			return false;
		}

	}

	/**
	 * The items are the arguments of calls.
	 *
	 * @param call the call
	 * @param executor the name of the executor, for messages
	 */
	record OfCalls(Invocation call, String executor) implements ChunkForm {

		@Override
		public BatchTarget.BatchWork work(Chunk chunk) {
			return new BatchTarget.BatchWork(null, this.call.repeated(Items.pack(chunk.items())));
		}

		@Override
		public List<ItemOutcome<?>> outcomes(Chunk chunk, @Nullable Object result) {
			if (!(result instanceof CallResults results) || Items.count(results.values()) != chunk.size()) {
				throw new OffloadException(this.executor, "The result of a chunk of " + chunk.size()
						+ " items is not that of so many: an executor that has batches must know repeated calls");
			}
			List<ItemOutcome<?>> outcomes = new ArrayList<>(chunk.size());
			for (int i = 0; i < chunk.size(); i++) {
				Throwable failure = results.failures().isEmpty() ? null : results.failures().get(i);
				outcomes.add(new ItemOutcome<>(chunk.first() + i,
						(failure != null) ? null : Items.get(results.values(), i), failure));
			}
			return outcomes;
		}

		@Override
		public long nanos(@Nullable Object result) {
			return (result instanceof CallResults results) ? results.nanos() : 0;
		}

		@Override
		public boolean hasOneInstance() {
			return true;
		}

	}

}
