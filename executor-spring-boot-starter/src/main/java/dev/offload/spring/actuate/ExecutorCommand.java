package dev.offload.spring.actuate;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.ExecutorState;
import dev.offload.OffloadExecutor;

/**
 * What an operator wants of an executor, checked as far as it can be without knowing the
 * executor.
 *
 * @param action what to do
 * @param parameters with what
 */
record ExecutorCommand(ExecutorAction action, Parameters parameters) {

	private static final Logger logger = LoggerFactory.getLogger(ExecutorsEndpoint.class);

	static ExecutorCommand of(@Nullable String word, Parameters parameters) {
		if (word == null) {
			throw Refusal.of("Parameter action is missing: one of " + ExecutorAction.words());
		}
		ExecutorAction action = ExecutorAction.of(word);
		Set<String> extra = parameters.given();
		extra.removeAll(action.parameters());
		if (!extra.isEmpty()) {
			throw Refusal.of("Action " + word + " has no parameter " + String.join(", ", extra)
					+ (action.parameters().isEmpty() ? "" : "; it has " + String.join(", ", action.parameters())));
		}
		return new ExecutorCommand(action, parameters);
	}

	void performOn(OffloadExecutor executor) {
		ExecutorState state = executor.snapshot().state();
		if (state == ExecutorState.CLOSED || (state == ExecutorState.DRAINING && this.action == ExecutorAction.PAUSE)) {
			throw Refusal.of("Executor '" + executor.name() + "' is " + ExecutorDescriptor.word(state)
					+ ", so there is nothing to " + this.action.word());
		}
		try {
			perform(executor);
		}
		catch (IllegalArgumentException | UnsupportedOperationException ex) {
			throw Refusal.of(String.valueOf(ex.getMessage()));
		}
		logger.info("Executor '{}': {} was asked for by an operator", executor.name(), this.action.word());
	}

	private void perform(OffloadExecutor executor) {
		switch (this.action) {
			case RESIZE -> executor.operations().resize(required(this.parameters.maxWorkers(), "maxWorkers"));
			case PAUSE -> executor.operations().pause();
			case RESUME -> executor.operations().resume();
			case DRAIN -> executor.drain(Duration.ZERO);
			case RECYCLE -> recycle(executor);
			case CANCEL -> cancel(executor, required(this.parameters.task(), "task"));
		}
	}

	private void recycle(OffloadExecutor executor) {
		Integer number = this.parameters.worker();
		if (number == null) {
			executor.operations().recycle();
			return;
		}
		if (!executor.operations().recycle(number)) {
			String who = "Executor '" + executor.name() + "' has ";
			if (executor.snapshot().workers().stream().noneMatch((worker) -> worker.number() == number)) {
				throw Refusal.notFound(who + "no worker " + number);
			}
			throw Refusal.of(who + "worker " + number + ", but that is not ready yet, or is replaced or ends already");
		}
	}

	private static void cancel(OffloadExecutor executor, String task) {
		if (!executor.operations().cancel(task)) {
			throw Refusal.notFound("Executor '" + executor.name() + "' has no task '" + task + "' that waits or runs");
		}
	}

	private <T> T required(@Nullable T value, String name) {
		if (value == null) {
			throw Refusal.of("Action " + this.action.word() + " needs the parameter " + name);
		}
		return value;
	}

	/**
	 * The parameters of all actions.
	 *
	 * @param maxWorkers how many workers there may be
	 * @param worker the number of a worker
	 * @param task the id of a task
	 */
	record Parameters(@Nullable Integer maxWorkers, @Nullable Integer worker, @Nullable String task) {

		static Parameters ofWorker(int number) {
			return new Parameters(null, number, null);
		}

		private Set<String> given() {
			Set<String> given = new TreeSet<>();
			if (this.maxWorkers != null) {
				given.add("maxWorkers");
			}
			if (this.worker != null) {
				given.add("worker");
			}
			if (this.task != null) {
				given.add("task");
			}
			return given;
		}

	}

}
