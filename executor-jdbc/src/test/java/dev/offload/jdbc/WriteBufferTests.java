package dev.offload.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.TaskTimes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WriteBuffer}.
 */
class WriteBufferTests {

	private final Instant now = Instant.now();

	private final WriteBuffer buffer = new WriteBuffer(10, 1_000);

	@Test
	void putTellsWhetherItWasEmpty() {
		assertThat(this.buffer.put(row("a", TaskStatus.PENDING, 0), false)).isTrue();
		assertThat(this.buffer.put(row("a", TaskStatus.RUNNING, 0), false)).isFalse();
	}

	@Test
	void removeLeavesWhatHasComeMeanwhile() {
		this.buffer.put(row("a", TaskStatus.PENDING, 0), false);
		this.buffer.put(row("b", TaskStatus.PENDING, 0), false);
		List<TaskRow> batch = this.buffer.first(10, 1_000);
		this.buffer.put(row("a", TaskStatus.SUCCEEDED, 10), false);
		this.buffer.remove(batch);
		assertThat(this.buffer.get("a").hasEnded()).isTrue();
		assertThat(this.buffer.get("b")).isNull();
		assertThat(this.buffer.bytes()).isEqualTo(10);
	}

	@Test
	void firstIsLimitedInCountAndBytesButNeverEmpty() {
		this.buffer.put(row("a", TaskStatus.SUCCEEDED, 600), false);
		this.buffer.put(row("b", TaskStatus.SUCCEEDED, 300), false);
		this.buffer.put(row("c", TaskStatus.SUCCEEDED, 1), false);
		assertThat(this.buffer.first(2, 10_000)).hasSize(2);
		assertThat(this.buffer.first(10, 899)).hasSize(1);
		assertThat(this.buffer.first(10, 1)).hasSize(1);
	}

	@Test
	void resultsGoBeforeTasks() {
		for (int i = 0; i < 5; i++) {
			this.buffer.put(row("task-" + i, TaskStatus.SUCCEEDED, 300), false);
		}
		assertThat(this.buffer.size()).isEqualTo(5);
		assertThat(this.buffer.bytes()).isLessThanOrEqualTo(1_000);
		assertThat(this.buffer.get("task-0").result()).isNull();
		assertThat(this.buffer.get("task-4").result()).isNotNull();
		assertThat(this.buffer.droppedResults()).isEqualTo(2);
		assertThat(this.buffer.droppedRows()).isZero();
	}

	@Test
	void oldestThatHaveEndedAreDroppedAndNoOthers() {
		for (int i = 0; i < 8; i++) {
			this.buffer.put(row("running-" + i, TaskStatus.RUNNING, 0), false);
		}
		for (int i = 0; i < 5; i++) {
			this.buffer.put(row("ended-" + i, TaskStatus.SUCCEEDED, 0), false);
		}
		assertThat(this.buffer.size()).isLessThanOrEqualTo(10);
		assertThat(this.buffer.get("ended-0")).isNull();
		assertThat(this.buffer.get("ended-4")).isNotNull();
		assertThat(this.buffer.get("running-0")).isNotNull();
		assertThat(this.buffer.droppedRows() + this.buffer.size()).isEqualTo(13);
	}

	@Test
	void callThatEndsBeforeItIsTakenLeavesNothing() {
		this.buffer.put(row("short", TaskStatus.PENDING, 0), true);
		this.buffer.put(row("short", TaskStatus.RUNNING, 0), true);
		this.buffer.put(row("short", TaskStatus.SUCCEEDED, 0), true);
		this.buffer.put(row("refused", TaskStatus.REJECTED, 0), true);
		assertThat(this.buffer.size()).isZero();
	}

	@Test
	void callThatEndsAfterItWasTakenIsKept() {
		this.buffer.put(row("long", TaskStatus.PENDING, 0), true);
		this.buffer.remove(this.buffer.first(1, 1));
		this.buffer.put(row("long", TaskStatus.SUCCEEDED, 0), true);
		assertThat(this.buffer.get("long").hasEnded()).isTrue();
	}

	@Test
	void callUnderAnIdOfBeforeLeavesTheCountOfBytesRight() {
		this.buffer.put(row("a", TaskStatus.PENDING, 0), false);
		this.buffer.put(row("a", TaskStatus.SUCCEEDED, 100), false);
		this.buffer.put(row("a", TaskStatus.PENDING, 0, 5), true);
		this.buffer.put(row("a", TaskStatus.SUCCEEDED, 10, 5), true);
		assertThat(this.buffer.get("a").result().bytes()).hasSize(10);
		assertThat(this.buffer.bytes()).isEqualTo(10);
		this.buffer.remove(this.buffer.first(1, 1));
		assertThat(this.buffer.bytes()).isZero();
	}

	@Test
	void endUnderAnIdOfBeforeLeavesWhatIsKnownOfTheOther() {
		this.buffer.put(row("a", TaskStatus.PENDING, 0), false);
		this.buffer.put(row("a", TaskStatus.SUCCEEDED, 100), false);
		this.buffer.put(row("a", TaskStatus.REJECTED, 0, 5), true);
		this.buffer.put(row("a", TaskStatus.REJECTED, 0, 6), false);
		assertThat(this.buffer.get("a").result().bytes()).hasSize(100);
		assertThat(this.buffer.bytes()).isEqualTo(100);
		this.buffer.put(row("b", TaskStatus.REJECTED, 0), false);
		this.buffer.put(row("b", TaskStatus.PENDING, 0, 5), false);
		assertThat(this.buffer.get("b").hasEnded()).isFalse();
	}

	@Test
	void newsOfWhatIsBeingWrittenWaitsBehindTheOthers() {
		this.buffer.put(row("a", TaskStatus.PENDING, 0), false);
		this.buffer.put(row("b", TaskStatus.PENDING, 0), false);
		this.buffer.put(row("c", TaskStatus.PENDING, 0), false);
		List<TaskRow> batch = this.buffer.first(1, 1);
		this.buffer.put(row("a", TaskStatus.RUNNING, 0), false);
		this.buffer.put(row("b", TaskStatus.RUNNING, 0), false);
		this.buffer.remove(batch);
		assertThat(this.buffer.first(10, 1_000)).extracting(TaskRow::id).containsExactly("b", "c", "a");
	}

	private TaskRow row(String id, TaskStatus status, int bytes) {
		return row(id, status, bytes, 0);
	}

	private TaskRow row(String id, TaskStatus status, int bytes, int second) {
		Instant submitted = this.now.plusSeconds(second);
		TaskTimes times = new TaskTimes(submitted, null, status.isFinal() ? submitted : null, Duration.ZERO,
				Duration.ZERO);
		TaskRecord task = new TaskRecord("pdf", id, "render", Map.of(), status, 1, -1, times, null, null);
		return TaskRow.of(task, (bytes > 0) ? new EncodedResult("jdk", "byte[]", new byte[bytes]) : null,
				Duration.ofHours(1));
	}

}
