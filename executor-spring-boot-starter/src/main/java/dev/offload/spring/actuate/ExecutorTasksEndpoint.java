package dev.offload.spring.actuate;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

import dev.offload.TaskPage;
import dev.offload.TaskQuery;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.Tasks;
import dev.offload.UnknownTaskException;
import dev.offload.spring.Words;

/**
 * Shows tasks: those that wait and run, and those that have ended and are kept; and
 * cancels them. Neither arguments nor results are shown, and values of metadata only
 * where that is allowed.
 */
@Endpoint(id = "executortasks")
public final class ExecutorTasksEndpoint {

	private final Tasks tasks;

	private final Sanitizer sanitizer;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * Creates one.
	 * @param tasks the tasks to show
	 * @param sanitizing replace values of metadata
	 * @param showValues when values of metadata are shown
	 * @param roles who may see them, if only some may
	 */
	public ExecutorTasksEndpoint(Tasks tasks, Iterable<SanitizingFunction> sanitizing, Show showValues,
			Set<String> roles) {
		this.tasks = tasks;
		this.sanitizer = new Sanitizer(sanitizing);
		this.showValues = showValues;
		this.roles = Set.copyOf(roles);
	}

	/**
	 * Some of the tasks, the newest first, without the stacks of their failures.
	 * @param executor only those of this executor
	 * @param status only those that stand so: a word of the meters' tags, such as
	 * {@code running}
	 * @param label only those with this label
	 * @param offset how many to pass over, 0 by default
	 * @param limit how many to show, 100 by default
	 * @param security who asks
	 * @return the tasks
	 */
	@ReadOperation
	public TaskPageDescriptor tasks(@Nullable String executor, @Nullable String status, @Nullable String label,
			@Nullable Integer offset, @Nullable Integer limit, SecurityContext security) {
		TaskPage page = this.tasks.list(query(executor, status, label, offset, limit));
		List<TaskDescriptor> described = page.tasks().stream().map((task) -> describe(task, security, false)).toList();
		return new TaskPageDescriptor(page.total(), this.tasks.storeFailures(), described);
	}

	private static TaskQuery query(@Nullable String executor, @Nullable String status, @Nullable String label,
			@Nullable Integer offset, @Nullable Integer limit) {
		try {
			return new TaskQuery(executor, label, (status != null) ? Set.of(status(status)) : Set.of(),
					(offset != null) ? offset : 0, (limit != null) ? limit : TaskQuery.ALL.limit());
		}
		catch (IllegalArgumentException ex) {
			throw Refusal.of("Parameter " + ex.getMessage());
		}
	}

	private static TaskStatus status(String word) {
		return Arrays.stream(TaskStatus.values())
			.filter((status) -> Words.of(status).equals(word))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("status must be one of "
					+ String.join(", ", Arrays.stream(TaskStatus.values()).map(Words::of).toList()) + ", but is '"
					+ word + "'"));
	}

	/**
	 * One task, with the stack of its failure.
	 * @param id its id
	 * @param security who asks
	 * @return the task, or {@code null} (on the web: 404) if there is none
	 */
	@ReadOperation
	public @Nullable TaskDescriptor task(@Selector String id, SecurityContext security) {
		return this.tasks.find(id).map((task) -> describe(task, security, true)).orElse(null);
	}

	/**
	 * Cancels a task. Does not wait for its end.
	 * @param id its id
	 * @param security who asks
	 * @return the task, as it is then
	 */
	@DeleteOperation
	public TaskDescriptor cancel(@Selector String id, SecurityContext security) {
		try {
			TaskRecord before = this.tasks.require(id);
			this.tasks.cancel(id);
			// It may have left no record: none is kept, or it was cleared.
			return describe(this.tasks.find(id).orElse(before), security, true);
		}
		catch (UnknownTaskException ex) {
			throw Refusal.notFound(String.valueOf(ex.getMessage()));
		}
	}

	private TaskDescriptor describe(TaskRecord task, SecurityContext security, boolean withStack) {
		return TaskDescriptor.of(task, this.sanitizer, this.showValues.isShown(security, this.roles), withStack);
	}

}
