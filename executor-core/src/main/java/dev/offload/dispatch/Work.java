package dev.offload.dispatch;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.offload.Invocation;
import dev.offload.Task;
import dev.offload.batch.BatchTarget;

/**
 * What a submitted task does.
 */
public sealed interface Work {

	/**
	 * The name used when the submission gives none.
	 * @return the label
	 */
	String label();

	/**
	 * Where the items go of work that gives a stream.
	 * @return the buffer, {@code null} for work that gives a result
	 */
	@Nullable StreamBuffer buffer();

	/**
	 * The work of a batch.
	 * @param work the task or the calls
	 * @return the same
	 */
	static Work of(BatchTarget.BatchWork work) {
		Invocation calls = work.calls();
		return (calls != null) ? new OfInvocation(calls) : new OfTask(Objects.requireNonNull(work.task(), "task"));
	}

	/** Made once for each class of task. */
	ClassValue<String> LABELS = new ClassValue<>() {
		@Override
		protected String computeValue(Class<?> type) {
			String name = type.getName();
			int lambda = name.indexOf("$$Lambda");
			String owner = (lambda < 0) ? name : name.substring(0, lambda) + ".lambda";
			return owner.substring(owner.lastIndexOf('.', owner.length() - ".lambda".length() - 1) + 1);
		}
	};

	/**
	 * A lambda or another task object.
	 *
	 * @param task the task
	 * @param buffer where its items go, {@code null} if it gives a result
	 */
	record OfTask(Task<?> task, @Nullable StreamBuffer buffer) implements Work {

		/**
		 * A task that gives a result.
		 * @param task the task
		 */
		public OfTask(Task<?> task) {
			this(task, null);
		}

		@Override
		public String label() {
			return LABELS.get(this.task.getClass());
		}

	}

	/**
	 * The call of a method.
	 *
	 * @param invocation the call
	 * @param buffer where its items go, {@code null} if it gives a result
	 */
	record OfInvocation(Invocation invocation, @Nullable StreamBuffer buffer) implements Work {

		/**
		 * A call that gives a result.
		 * @param invocation the call
		 */
		public OfInvocation(Invocation invocation) {
			this(invocation, null);
		}

		@Override
		public String label() {
			return this.invocation.label();
		}

	}

}
