package dev.offload.contract;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorState;
import dev.offload.RejectionReason;
import dev.offload.TaskEvent;
import dev.offload.TaskProgress;

/**
 * A listener of an application: keeps what it hears, but of workers, as text.
 */
public final class EventRecorder implements ExecutorListener {

	private final List<String> heard = new CopyOnWriteArrayList<>();

	private final List<TaskEvent> taskEvents = new CopyOnWriteArrayList<>();

	private final Set<String> threads = ConcurrentHashMap.newKeySet();

	public List<String> heard() {
		return this.heard;
	}

	public List<TaskEvent> taskEvents() {
		return this.taskEvents;
	}

	public Set<String> threads() {
		return this.threads;
	}

	public void awaitCount(int count) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(2))
			.until(() -> this.heard.size() >= count);
	}

	private void hear(TaskEvent event, String more) {
		this.taskEvents.add(event);
		hear(event.taskId() + " " + event.status() + more);
	}

	private void hear(String text) {
		this.threads.add(Thread.currentThread().getName());
		this.heard.add(text);
	}

	@Override
	public void executorChanged(String executor, ExecutorState state) {
		hear(executor + " " + state);
	}

	@Override
	public void executorPaused(String executor, boolean paused) {
		hear(executor + (paused ? " paused" : " resumed"));
	}

	@Override
	public void executorSaturated(String executor, boolean saturated) {
		hear(executor + (saturated ? " saturated" : " recovered"));
	}

	@Override
	public void taskSubmitted(TaskEvent event) {
		hear(event, "");
	}

	@Override
	public void taskRejected(TaskEvent event, RejectionReason reason) {
		hear(event, " " + reason);
	}

	@Override
	public void taskStarted(TaskEvent event) {
		hear(event, "");
	}

	@Override
	public void taskProgress(TaskEvent event, TaskProgress progress) {
		hear(event, " " + progress.done());
	}

	@Override
	public void taskRetrying(TaskEvent event, Duration delay) {
		hear(event, " " + delay);
	}

	@Override
	public void taskCompleted(TaskEvent event) {
		hear(event, "");
	}

}
