package dev.offload.spring.web;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter.DataWithMediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TaskEventStream} with a client that reads when the test says so.
 */
class TaskEventStreamTests {

	private final Queue<Runnable> writes = new ArrayDeque<>();

	private final Recorder recorder = new Recorder();

	private TaskEventStream stream(boolean ofOneTask) {
		return new TaskEventStream(this.recorder, ofOneTask, this.writes::add,
				(ended) -> this.recorder.sent.add("ended"));
	}

	private void write() {
		assertThat(this.writes).hasSizeLessThan(2);
		Runnable next = this.writes.poll();
		if (next != null) {
			next.run();
		}
	}

	private static TaskView view(String id, String status, int attempt, long done) {
		return new TaskView("pdf", id, "render", status, status.equals("succeeded"), attempt, 0, 0,
				(done >= 0) ? new TaskView.ProgressView(done, 10, null, Instant.ofEpochSecond(done)) : null, null);
	}

	@Test
	void slowClientMissesStepsAndNotTheEnd() {
		TaskEventStream stream = stream(true);
		stream.offer(view("1", "pending", 1, -1));
		stream.offer(view("1", "running", 1, -1));
		for (int i = 0; i < 10; i++) {
			stream.offer(view("1", "running", 1, i));
		}
		write();
		stream.offer(view("1", "running", 1, 10));
		stream.offer(view("1", "succeeded", 1, 10));
		write();
		assertThat(this.recorder.sent).containsExactly("running 9", "succeeded 10", "ended", "complete");
	}

	@Test
	void offerOfWhatIsOlderThanWhatIsKnownIsDropped() {
		TaskEventStream stream = stream(true);
		stream.offer(view("1", "running", 2, 5));
		stream.offer(view("1", "pending", 2, -1));
		write();
		stream.offer(view("1", "running", 1, 7));
		stream.offer(view("1", "running", 2, 4));
		stream.offer(view("1", "running", 2, 6));
		write();
		stream.offer(view("1", "retrying", 2, 6));
		write();
		assertThat(this.recorder.sent).containsExactly("running 5", "running 6", "retrying 6");
	}

	@Test
	void streamOfManyTasksGoesOnAfterTheEndOfOne() {
		TaskEventStream stream = stream(false);
		stream.offer(view("1", "succeeded", 1, -1));
		stream.offer(view("2", "running", 1, -1));
		stream.beat();
		write();
		stream.close();
		write();
		assertThat(this.recorder.sent).containsExactly("succeeded -1", "running -1", "alive", "ended", "complete");
	}

	@Test
	void clientThatIsBehindWithTooManyTasksIsSentAway() {
		TaskEventStream stream = stream(false);
		for (int i = 0; i <= TaskEventStream.MAX_TASKS; i++) {
			stream.offer(view("task " + i, "running", 1, -1));
		}
		write();
		stream.offer(view("1", "running", 1, -1));
		write();
		assertThat(this.recorder.sent).containsExactly("ended", "complete");
	}

	/**
	 * Notes what is sent.
	 */
	private static final class Recorder extends SseEmitter {

		private final List<String> sent = new ArrayList<>();

		@Override
		public void send(SseEventBuilder builder) {
			String text = null;
			for (DataWithMediaType part : builder.build()) {
				text = text(part.getData(), text);
			}
			this.sent.add(String.valueOf(text));
		}

		private static @Nullable String text(Object data, @Nullable String before) {
			if (data instanceof TaskView view) {
				return view.status() + " " + ((view.progress() != null) ? view.progress().done() : -1);
			}
			return data.toString().contains(":alive") ? "alive" : before;
		}

		@Override
		public void complete() {
			this.sent.add("complete");
		}

	}

}
