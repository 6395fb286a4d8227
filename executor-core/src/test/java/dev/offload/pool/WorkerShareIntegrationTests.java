package dev.offload.pool;

import java.io.Serial;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.WorkerSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a worker has of the machine, as the worker itself sees it.
 */
class WorkerShareIntegrationTests extends AbstractPool {

	private static final long MB = MemoryDemand.MEGABYTE;

	@Test
	void workersHaveTheHeapAndTheProcessorsThatWereComputed() throws Exception {
		Machine machine = new Machine(1536 * MB, 512 * MB, 4);
		ProcessExecutorFactory factory = ProcessExecutorFactory.builder().machine(machine).build();
		OffloadExecutor first = closedLater(factory.create(shared("first").maxWorkers(2).build()));
		OffloadExecutor second = closedLater(factory.create(shared("second").maxWorkers(1)
			.worker(WorkerSpec.builder().heapBytes(128 * MB).processors(3).build())
			.build()));
		// 1536 - 512 - 192 - (128 + 65) = 639 for two workers.
		Seen seen = first.call(Seen::here);
		assertThat(seen.heap).isEqualTo(254 * MB);
		assertThat(seen.maxMemory).isBetween(220 * MB, 254 * MB);
		assertThat(seen.processors).isEqualTo(2);
		assertThat(seen.collectors).anyMatch((name) -> name.contains("MarkSweep"));
		Seen other = second.call(Seen::here);
		assertThat(other.heap).isEqualTo(128 * MB);
		assertThat(other.processors).isEqualTo(3);
	}

	@Test
	void optionsOfTheUserWin() throws Exception {
		OffloadExecutor executor = create(shared("pool")
			.worker(WorkerSpec.builder().jvmArgs(List.of("-Xmx48m", "-XX:ActiveProcessorCount=7")).build()));
		Seen seen = executor.call(Seen::here);
		assertThat(seen.heap).isEqualTo(48 * MB);
		assertThat(seen.processors).isEqualTo(7);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void workerIsEndedBeforeItsServiceWhenMemoryIsUsedUp() throws Exception {
		OffloadExecutor executor = create(spec());
		long pid = pidOf(executor);
		int own = score("self");
		assertThat(score(Long.toString(pid))).isEqualTo(Math.min(1000, own + 500));
	}

	private static int score(String process) throws Exception {
		return Integer.parseInt(Files.readString(Path.of("/proc", process, "oom_score_adj")).trim());
	}

	private static ExecutorSpec.Builder shared(String name) {
		return ExecutorSpec.builder(name).maxWorkers(1);
	}

	/**
	 * What a worker sees of itself.
	 */
	private static final class Seen implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		private final long heap;

		private final long maxMemory = Runtime.getRuntime().maxMemory();

		private final int processors = Runtime.getRuntime().availableProcessors();

		private final List<String> collectors = ManagementFactory.getGarbageCollectorMXBeans()
			.stream()
			.map((bean) -> bean.getName())
			.toList();

		private Seen() {
			this.heap = Long.parseLong(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
				.getVMOption("MaxHeapSize")
				.getValue());
		}

		static Seen here() {
			return new Seen();
		}

	}

}
