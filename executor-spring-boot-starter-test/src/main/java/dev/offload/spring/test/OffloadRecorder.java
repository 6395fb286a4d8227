package dev.offload.spring.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.assertj.core.api.AssertProvider;

/**
 * What the beans of a test have given to executors, in the order of their calls. A bean
 * of each test with {@link AutoConfigureOffload}, empty when a test method begins.
 *
 * <pre class="code">
 * assertThat(this.offload).submitted("pdf").method("render").withArguments("7").succeeded();
 * </pre>
 *
 * Safe for use by many threads.
 */
public final class OffloadRecorder implements AssertProvider<OffloadRecorderAssert> {

	private final List<RecordedTask> tasks = new CopyOnWriteArrayList<>();

	OffloadRecorder() {
	}

	RecordedTask add(RecordedTask task) {
		this.tasks.add(task);
		return task;
	}

	/**
	 * All tasks so far.
	 * @return a copy
	 */
	public List<RecordedTask> tasks() {
		return List.copyOf(this.tasks);
	}

	/**
	 * Forgets all tasks.
	 */
	public void clear() {
		this.tasks.clear();
	}

	@Override
	public OffloadRecorderAssert assertThat() {
		return new OffloadRecorderAssert(this);
	}

}
