package dev.offload.test.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.WorkerCrashException;
import dev.offload.WorkerDeath;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a broken promise is seen.
 */
class LoadResultTests {

	private static final LoadPlan PLAN = LoadPlan.kills(Duration.ofMillis(250), 0.5);

	private static final ChaosSettings.Promises PROMISES = new ChaosSettings.Promises(Duration.ofMinutes(1), 0.5, 20);

	private final Tally tally = new Tally();

	private static ChaosTask task(long id) {
		return new ChaosTask(id, "unused", ChaosTask.Work.SLEEP, 0, "");
	}

	private static ChaosAnswer answer(long id) {
		return new ChaosAnswer(id, "");
	}

	private static WorkerCrashException crash() {
		WorkerDeath death = new WorkerDeath(1, null, "SIGKILL", "ended by SIGKILL", List.of(), null, null);
		return new WorkerCrashException("pool", "task", death, true, "it died");
	}

	private List<String> broken(Map<Long, Integer> runs, String growth) {
		this.tally.end();
		LoadResult result = LoadResult.of(PLAN, this.tally, runs, 1, 1, growth);
		return result.broken(PROMISES);
	}

	@Test
	void keptPromisesAreNotNamed() {
		this.tally.submitted(task(0));
		this.tally.submitted(task(1));
		this.tally.succeeded(task(0), answer(0));
		this.tally.failed(task(1), crash(), PLAN.expectation());
		assertThat(broken(Map.of(0L, 1), "")).isEmpty();
	}

	@Test
	void taskWithoutEndIsLost() {
		this.tally.submitted(task(0));
		this.tally.submitted(task(1));
		this.tally.succeeded(task(0), answer(0));
		assertThat(broken(Map.of(0L, 1), "")).containsExactly("kill -9 every 250 ms: 1 tasks were lost");
	}

	@Test
	void taskThatSucceededWithoutHavingRunIsLost() {
		this.tally.submitted(task(0));
		this.tally.succeeded(task(0), answer(0));
		assertThat(broken(Map.of(), "")).containsExactly("kill -9 every 250 ms: 1 tasks were lost");
	}

	@Test
	void taskThatRanTwiceIsDuplicated() {
		this.tally.submitted(task(0));
		this.tally.succeeded(task(0), answer(0));
		assertThat(broken(Map.of(0L, 2), "")).containsExactly("kill -9 every 250 ms: 1 tasks ran more than once");
	}

	@Test
	void endThatNothingProvokedIsNamed() {
		this.tally.submitted(task(0));
		this.tally.submitted(task(1));
		this.tally.succeeded(task(0), answer(0));
		this.tally.failed(task(1), new IOException("disk full"), PLAN.expectation());
		assertThat(broken(Map.of(0L, 1), "")).singleElement().asString().contains("disk full");
	}

	@Test
	void answerOfAnotherTaskIsNamed() {
		this.tally.submitted(task(0));
		this.tally.succeeded(task(0), answer(7));
		assertThat(broken(Map.of(0L, 1), "")).singleElement().asString().contains("The answer is that of task 7");
	}

	@Test
	void secondEndIsNamed() {
		this.tally.submitted(task(0));
		this.tally.succeeded(task(0), answer(0));
		this.tally.succeeded(task(0), answer(0));
		assertThat(broken(Map.of(0L, 1), "")).singleElement().asString().contains("It had ended before");
	}

	@Test
	void smallShareIsNamed() {
		for (int i = 0; i < 4; i++) {
			this.tally.submitted(task(i));
		}
		this.tally.succeeded(task(0), answer(0));
		for (int i = 1; i < 4; i++) {
			this.tally.failed(task(i), crash(), PLAN.expectation());
		}
		assertThat(broken(Map.of(0L, 1), "")).singleElement().asString().contains("only 25.0 %").contains("50 %");
	}

	@Test
	void whatIsLeftBehindIsNamed() {
		this.tally.submitted(task(0));
		this.tally.succeeded(task(0), answer(0));
		assertThat(broken(Map.of(0L, 1), "threads 1 -> 2")).singleElement().asString().contains("threads 1 -> 2");
	}

	@Test
	void runsOfAllWorkersAreRead(@TempDir Path directory) throws IOException {
		ExecutionLog.note(directory.toString(), 5);
		ExecutionLog.note(directory.toString(), 6);
		ExecutionLog.note(directory.toString(), 5);
		assertThat(ExecutionLog.read(directory)).isEqualTo(Map.of(5L, 2, 6L, 1));
	}

}
