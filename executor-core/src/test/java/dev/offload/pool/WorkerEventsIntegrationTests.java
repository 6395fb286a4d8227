package dev.offload.pool;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.offload.ExecutorListener;
import dev.offload.OffloadExecutor;
import dev.offload.WorkerEvent;
import dev.offload.WorkerEvent.Change;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a listener hears of workers: one that is killed, one that is replaced, one that
 * ends with its executor.
 */
@Timeout(60)
class WorkerEventsIntegrationTests extends AbstractPool {

	private final List<WorkerEvent> heard = new CopyOnWriteArrayList<>();

	@Test
	void listenerHearsOfStartReadinessCrashReplacementAndEnd() throws Exception {
		OffloadExecutor executor = closedLater(
				ProcessExecutorFactory.builder().applicationPackages("dev.offload").listener(new ExecutorListener() {
					@Override
					public void workerChanged(WorkerEvent event) {
						WorkerEventsIntegrationTests.this.heard.add(event);
					}
				}).build().create(spec().build()));
		long killed = pidOf(executor);
		kill(killed);
		WorkerEvent crash = awaitEnd(killed);
		assertThat(crash.reason()).isEqualTo("crash");
		assertThat(crash.isCrash()).isTrue();
		assertThat(crash.isRecycled()).isFalse();
		assertThat(Objects.requireNonNull(crash.death()).signal()).contains("KILL");
		long replaced = pidOf(executor);
		executor.operations().recycle();
		assertThat(awaitEnd(replaced)).matches(WorkerEvent::isRecycled).matches((event) -> !event.isCrash());
		long last = pidOf(executor);
		executor.close();
		assertThat(awaitEnd(last).reason()).isEqualTo("close");
		for (long pid : List.of(killed, replaced, last)) {
			assertThat(this.heard.stream().filter((event) -> event.pid() == pid).map(WorkerEvent::change))
				.containsExactly(Change.STARTED, Change.READY, Change.ENDED);
		}
		assertThat(this.heard).extracting(WorkerEvent::worker).contains(1);
	}

	private WorkerEvent awaitEnd(long pid) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.heard.stream()
				.filter((event) -> event.pid() == pid && event.change() == Change.ENDED)
				.findAny()
				.orElse(null), Objects::nonNull);
	}

}
