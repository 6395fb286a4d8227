package dev.offload.pool;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import dev.offload.PayloadException;
import dev.offload.PayloadException.Direction;
import dev.offload.TaskStatus;
import dev.offload.codec.PayloadReference;
import dev.offload.dispatch.Outcome;
import dev.offload.dispatch.Work;
import dev.offload.pool.MethodTable.KnownMethod;
import dev.offload.protocol.ProtocolException;
import dev.offload.spi.Payload;
import dev.offload.spool.ReturnedFile;
import dev.offload.spool.Spool;

/**
 * Makes outcomes of the answers of workers. Safe for use by many threads.
 */
final class TaskResults {

	private final PoolCodec codec;

	private final Spool spool;

	TaskResults(PoolCodec codec, Spool spool) {
		this.codec = codec;
		this.spool = spool;
	}

	@Nullable KnownMethod methodOf(Work work) {
		return this.codec.methodOf(work);
	}

	// Nothing is decoded yet. The file of a result is taken over, for its worker may end
	// before somebody asks for it.
	Outcome completed(Work work, Payload payload, Path directory) {
		try {
			PayloadReference reference = this.codec.findReference(work, payload);
			if (reference == null) {
				return this.codec.completed(work, payload);
			}
			return byReference(work, payload, reference.copy() ? this.spool.take(reference, directory) : null);
		}
		catch (PayloadException ex) {
			return Outcome.failure(TaskStatus.FAILED, ex);
		}
	}

	// Items of a stream, which are all in their frame.
	ReceivedItems items(Work work, Payload payload) throws ProtocolException {
		return ReceivedItems.of(payload, (item) -> {
			Object value = this.codec.decode(work, item);
			if (value instanceof PayloadReference) {
				throw new PayloadException(
						null, Direction.FROM_WORKER, "item", PayloadReference.class.getName(), "An item of "
								+ work.label() + " travels by reference, which only arguments and whole results do",
						null);
			}
			return value;
		});
	}

	Outcome failed(Work work, Payload payload) {
		return this.codec.failed(work, payload);
	}

	private Outcome byReference(Work work, Payload payload, @Nullable ReturnedFile file) {
		return new Outcome() {
			@Override
			public TaskStatus status() {
				return TaskStatus.SUCCEEDED;
			}

			@Override
			public @Nullable Object value() {
				return TaskResults.this.spool.restore(TaskResults.this.codec.decode(work, payload), file,
						(work instanceof Work.OfInvocation call) ? call.invocation() : null);
			}

			@Override
			public boolean isLasting() {
				return file == null;
			}

			@Override
			public void discard() {
				if (file != null) {
					file.discard();
				}
			}
		};
	}

}
