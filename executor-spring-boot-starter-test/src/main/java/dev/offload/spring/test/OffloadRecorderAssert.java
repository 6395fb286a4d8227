package dev.offload.spring.test;

import java.util.List;

import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about an {@link OffloadRecorder}.
 */
public final class OffloadRecorderAssert extends AbstractAssert<OffloadRecorderAssert, OffloadRecorder> {

	OffloadRecorderAssert(OffloadRecorder actual) {
		super(actual, OffloadRecorderAssert.class);
	}

	/**
	 * Verifies that something was given to an executor.
	 * @param executor the name of the executor
	 * @return assertions about what was given to it
	 */
	public RecordedTasksAssert submitted(String executor) {
		return new RecordedTasksAssert(this.actual.tasks(), "any task").only("given to executor '" + executor + "'",
				(task) -> task.executor().equals(executor));
	}

	/**
	 * Verifies that nothing was given to an executor.
	 * @param executor the name of the executor
	 * @return this
	 */
	public OffloadRecorderAssert submittedNothing(String executor) {
		List<RecordedTask> tasks = this.actual.tasks()
			.stream()
			.filter((task) -> task.executor().equals(executor))
			.toList();
		if (!tasks.isEmpty()) {
			failWithMessage("Expecting nothing to be given to executor '%s', but was%s", executor,
					RecordedTasksAssert.lines(tasks));
		}
		return this;
	}

	/**
	 * Verifies that nothing was given to any executor.
	 * @return this
	 */
	public OffloadRecorderAssert submittedNothing() {
		if (!this.actual.tasks().isEmpty()) {
			failWithMessage("Expecting nothing to be given to any executor, but was%s",
					RecordedTasksAssert.lines(this.actual.tasks()));
		}
		return this;
	}

}
