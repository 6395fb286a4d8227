package dev.offload.dispatch;

import java.time.Duration;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

import dev.offload.TaskOptions;
import dev.offload.TaskStatus;
import dev.offload.spi.CarriedContext;
import dev.offload.spi.Payload;

/**
 * What the models share: how much is tried, and tasks without a process.
 */
public final class Model {

	static final Outcome DONE = Outcome.success("done");

	static final Outcome CANCELLED = Outcome.failure(TaskStatus.CANCELLED, new IllegalStateException("cancelled"));

	private Model() {
	}

	/**
	 * Few steps of few threads, in many orders: faults in what threads do to each other
	 * need no more.
	 * @return the options
	 */
	public static ModelCheckingOptions options() {
		return new ModelCheckingOptions().iterations(5)
			.invocationsPerIteration(100)
			.threads(3)
			.actorsBefore(2)
			.actorsPerThread(2)
			.actorsAfter(1);
	}

	static PendingTask task(int number) {
		return task(number, TaskOptions.DEFAULTS);
	}

	static PendingTask task(int number, TaskOptions options) {
		return new PendingTask(number, new Submission("model", Integer.toString(number), "task", options),
				new Work.OfTask(() -> null), new TaskTerms(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, null),
				new TaskLuggage(Payload.of(new byte[1]), CarriedContext.NONE, null, null));
	}

}
