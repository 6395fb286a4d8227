package dev.offload.spring.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.ExecutorLimits;
import dev.offload.ExecutorState;
import dev.offload.OffloadExecutor;
import dev.offload.spring.Words;

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
		List.of(action.parameters().split(", ")).forEach(extra::remove);
		if (!extra.isEmpty()) {
			throw Refusal.of("Action " + word + " has no parameter " + String.join(", ", extra)
					+ (action.parameters().isEmpty() ? "" : "; it has " + action.parameters()));
		}
		return new ExecutorCommand(action, parameters);
	}

	void performOn(OffloadExecutor executor) {
		ExecutorState state = executor.snapshot().state();
		if (state == ExecutorState.CLOSED || (state == ExecutorState.DRAINING && this.action == ExecutorAction.PAUSE)) {
			throw Refusal.of("Executor '" + executor.name() + "' is " + Words.of(state) + ", so there is nothing to "
					+ this.action.word());
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
			case RESIZE -> resize(executor, this.parameters.limits());
			case PAUSE -> executor.operations().pause();
			case RESUME -> executor.operations().resume();
			case DRAIN -> executor.drain(Duration.ZERO);
			case RECYCLE -> recycle(executor);
			case CANCEL -> cancel(executor, required(this.parameters.task(), "Action cancel needs the parameter task"));
			case RELEASE ->
				release(executor, required(this.parameters.key(), "Action release needs the parameter key"));
		}
	}

	private void resize(OffloadExecutor executor, ExecutorLimits limits) {
		if (limits.equals(ExecutorLimits.NONE)) {
			throw Refusal.of("Action resize needs at least one of the parameters " + this.action.parameters());
		}
		executor.operations().change(limits);
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

	private static void release(OffloadExecutor executor, String key) {
		if (!executor.operations().release(key)) {
			throw Refusal.notFound("Executor '" + executor.name() + "' has no work '" + key + "' in quarantine");
		}
	}

	private static <T> T required(@Nullable T value, String message) {
		if (value == null) {
			throw Refusal.of(message);
		}
		return value;
	}

	/**
	 * The parameters of all actions.
	 *
	 * @param limits the limits to change
	 * @param worker the number of a worker
	 * @param task the id of a task
	 * @param key what names work in quarantine
	 */
	record Parameters(ExecutorLimits limits, @Nullable Integer worker, @Nullable String task, @Nullable String key) {

		private static final Pattern AFTER_DASH = Pattern.compile("-(.)");

		static Parameters ofWorker(int number) {
			return new Parameters(ExecutorLimits.NONE, number, null, null);
		}

		private Set<String> given() {
			Set<String> given = new TreeSet<>();
			this.limits.settings().keySet().forEach((setting) -> given.add(parameter(setting)));
			if (this.worker != null) {
				given.add("worker");
			}
			if (this.task != null) {
				given.add("task");
			}
			if (this.key != null) {
				given.add("key");
			}
			return given;
		}

		// The name that a setting has here: maxWorkers for max-workers.
		private static String parameter(String setting) {
			return AFTER_DASH.matcher(setting).replaceAll((found) -> found.group(1).toUpperCase(Locale.ROOT));
		}

	}

}
