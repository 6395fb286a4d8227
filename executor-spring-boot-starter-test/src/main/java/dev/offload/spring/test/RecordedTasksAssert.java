package dev.offload.spring.test;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about some of the tasks that were given to executors. Each step goes on with
 * the tasks that it is true of, and fails if there is none.
 */
public final class RecordedTasksAssert extends AbstractAssert<RecordedTasksAssert, List<RecordedTask>> {

	private final String wanted;

	RecordedTasksAssert(List<RecordedTask> tasks, String wanted) {
		super(tasks, RecordedTasksAssert.class);
		this.wanted = wanted;
	}

	RecordedTasksAssert only(String condition, Predicate<RecordedTask> predicate) {
		String description = this.wanted + " " + condition;
		List<RecordedTask> left = this.actual.stream().filter(predicate).toList();
		if (left.isEmpty()) {
			failWithMessage("Expecting %s, but there was%s", description, lines(this.actual));
		}
		return new RecordedTasksAssert(left, description);
	}

	/**
	 * Goes on with the calls of a method.
	 * @param name the name of the method
	 * @return assertions about these
	 */
	public RecordedTasksAssert method(String name) {
		return only("of method '" + name + "'", (task) -> name.equals(task.method()));
	}

	/**
	 * Goes on with the calls with these arguments.
	 * @param arguments all arguments, compared deeply if they are arrays
	 * @return assertions about these
	 */
	public RecordedTasksAssert withArguments(@Nullable Object... arguments) {
		return only("with arguments " + Arrays.deepToString(arguments),
				(task) -> Arrays.deepEquals(task.arguments(), arguments));
	}

	/**
	 * Goes on with the calls whose arguments are as wanted.
	 * @param arguments says of all arguments of a call whether they are
	 * @return assertions about these
	 */
	public RecordedTasksAssert withArgumentsMatching(Predicate<@Nullable Object[]> arguments) {
		return only("with arguments that match", (task) -> arguments.test(task.arguments()));
	}

	/**
	 * Verifies how many they are.
	 * @param count the number
	 * @return this
	 */
	public RecordedTasksAssert times(int count) {
		if (this.actual.size() != count) {
			failWithMessage("Expecting %s %s times, but there were %s:%s", this.wanted, count, this.actual.size(),
					lines(this.actual));
		}
		return this;
	}

	/**
	 * Verifies that all of them have ended well. One that goes on has not: wait for its
	 * future before.
	 * @return this
	 */
	public RecordedTasksAssert succeeded() {
		return all("to have succeeded", (task) -> task.isDone() && task.failure() == null);
	}

	/**
	 * Verifies that all of them have failed.
	 * @return this
	 */
	public RecordedTasksAssert failed() {
		return failedWith(Throwable.class);
	}

	/**
	 * Verifies that all of them have failed in one way.
	 * @param failure the type of what their callers got
	 * @return this
	 */
	public RecordedTasksAssert failedWith(Class<? extends Throwable> failure) {
		return all("to have failed with " + failure.getName(), (task) -> failure.isInstance(task.failure()));
	}

	private RecordedTasksAssert all(String condition, Predicate<RecordedTask> predicate) {
		if (!this.actual.stream().allMatch(predicate)) {
			failWithMessage("Expecting %s %s, but there was%s", this.wanted, condition, lines(this.actual));
		}
		return this;
	}

	static String lines(List<RecordedTask> tasks) {
		return tasks.isEmpty() ? " none"
				: tasks.stream().map(Objects::toString).collect(Collectors.joining("\n  ", ":\n  ", ""));
	}

}
