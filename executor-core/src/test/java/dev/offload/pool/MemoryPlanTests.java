package dev.offload.pool;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSpec;
import dev.offload.WorkerContext;
import dev.offload.WorkerSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MemoryPlan} and {@link MemoryDemand}.
 */
class MemoryPlanTests {

	private static final long MB = MemoryDemand.MEGABYTE;

	@Test
	void workersShareWhatTheServiceLeavesEvenly() {
		MemoryPlan plan = plan(machine(2048, 512), demand("pdf", 2, null), demand("mail", 2, null));
		// 2048 - 512 - 192 = 1344 for 4 workers, of which each has 100 beside its heap.
		assertThat(plan.fairHeap()).isEqualTo(236 * MB);
		assertThat(plan.total()).isEqualTo(2048 * MB);
		assertThat(plan.overCommitment()).isNull();
	}

	@Test
	void heapsOfTheSettingsAreTakenOutBefore() {
		MemoryPlan plan = plan(machine(2048, 512), demand("pdf", 2, 300 * MB), demand("mail", 2, null));
		assertThat(plan.heapOf(plan.demands().get(0))).isEqualTo(300 * MB);
		// 1344 - 2 x (300 + 100) = 544 for 2 workers.
		assertThat(plan.heapOf(plan.demands().get(1))).isEqualTo(172 * MB);
	}

	@Test
	void sharesAreWholeMegabytesAndFitTogether() {
		MemoryPlan plan = plan(machine(2048, 512), demand("pdf", 7, null));
		assertThat(plan.fairHeap() % MB).isZero();
		assertThat(plan.total()).isBetween(2041 * MB, 2048 * MB);
	}

	@Test
	void shareIsNeverAboveAQuarterOfTheMemory() {
		MemoryPlan plan = plan(machine(16384, 2048), demand("pdf", 1, null));
		assertThat(plan.fairHeap()).isEqualTo(4096 * MB);
	}

	@Test
	void containerOf256MegabytesHasTheLeastHeapAndAWarning() {
		MemoryPlan plan = plan(machine(256, 128), demand("pdf", 1, null));
		assertThat(plan.fairHeap()).isEqualTo(64 * MB);
		assertThat(plan.overCommitment())
			.isEqualTo("The service and its workers may take 484 MB, and there are 256 MB: "
					+ "service (heap 128 MB + 192 MB) + executor 'pdf' 1 x (heap 64 MB, the least that is shared out + "
					+ "100 MB). When that is used up, the kernel kills workers or the service. Lower max-workers, "
					+ "worker.heap or the heap of the service (-Xmx), or give the container 484 MB");
	}

	@Test
	void heapsThatAreTooLargeTogetherAreToldExecutorByExecutor() {
		MemoryPlan plan = plan(machine(2048, 512), demand("pdf", 4, 256 * MB), demand("mail", 2, 128 * MB));
		assertThat(plan.overCommitment()).contains("may take 2584 MB, and there are 2048 MB",
				"executor 'pdf' 4 x (heap 256 MB + 100 MB) + executor 'mail' 2 x (heap 128 MB + 100 MB)");
	}

	@Test
	void shareOfNobodyNeedsNoDivision() {
		assertThat(plan(machine(2048, 512)).overCommitment()).isNull();
		assertThat(plan(machine(2048, 512), demand("pdf", 1, 256 * MB)).overCommitment()).isNull();
	}

	@Test
	void demandWithBeansAndThreadsTakesMoreBesideItsHeap() {
		Machine machine = machine(2048, 512);
		MemoryDemand plain = MemoryDemand.of(spec(WorkerSpec.builder()).build(), 2, machine);
		assertThat(plain.overhead()).isEqualTo(65 * MB);
		assertThat(plain.heap()).isNull();
		MemoryDemand beans = MemoryDemand
			.of(spec(WorkerSpec.builder().context(WorkerContext.APPLICATION)).threadsPerWorker(4).build(), 2, machine);
		assertThat(beans.overhead()).isEqualTo(132 * MB);
	}

	@Test
	void demandOfWorkersThatAreReplacedIsOneMore() {
		Machine machine = machine(2048, 512);
		ExecutorSpec.Builder spec = spec(WorkerSpec.builder());
		assertThat(MemoryDemand.of(spec.build(), 4, machine).workers()).isEqualTo(4);
		assertThat(MemoryDemand.of(spec.maxTasksPerWorker(9).build(), 4, machine).workers()).isEqualTo(5);
	}

	@Test
	void demandTakesTheHeapOfTheOptionsBeforeThatOfTheSettings() {
		assertThat(heap(WorkerSpec.builder().heapBytes(64 * MB).jvmArgs(List.of("-Xmx128m")))).isEqualTo(128 * MB);
		assertThat(heap(WorkerSpec.builder().jvmArgs(List.of("-Xmx1G", "-XX:MaxHeapSize=262144k"))))
			.isEqualTo(256 * MB);
		assertThat(heap(WorkerSpec.builder().jvmArgs(List.of("-XX:MaxRAMPercentage=12.5")))).isEqualTo(256 * MB);
		assertThat(heap(WorkerSpec.builder().heapBytes(64 * MB).jvmArgs(List.of("-XX:MaxRAMPercentage=12.5"))))
			.isEqualTo(64 * MB);
		assertThat(heap(WorkerSpec.builder().jvmArgs(List.of("-Xmx", "-Xmxmuch", "-XX:MaxRAMPercentage=a")))).isNull();
	}

	@Test
	void shareIsNotBelowTheHeapThatTheOptionsWantAtOnce() {
		Machine machine = machine(2048, 512);
		MemoryDemand demand = MemoryDemand.of(spec(WorkerSpec.builder().jvmArgs(List.of("-Xms600m"))).build(), 3,
				machine);
		MemoryPlan plan = MemoryPlan.of(machine, List.of(demand));
		assertThat(plan.heapOf(demand)).isEqualTo(600 * MB);
		assertThat(plan.overCommitment()).isNotNull();
	}

	private static @Nullable Long heap(WorkerSpec.Builder worker) {
		return MemoryDemand.of(spec(worker).build(), 2, machine(2048, 512)).heap();
	}

	private static ExecutorSpec.Builder spec(WorkerSpec.Builder worker) {
		return ExecutorSpec.builder("pdf").worker(worker.build());
	}

	private static MemoryPlan plan(Machine machine, MemoryDemand... demands) {
		return MemoryPlan.of(machine, List.of(demands));
	}

	private static Machine machine(long megabytes, long heapMegabytes) {
		return new Machine(megabytes * MB, heapMegabytes * MB, 4);
	}

	private static MemoryDemand demand(String executor, int workers, @Nullable Long heap) {
		return new MemoryDemand(executor, workers, heap, 0, 100 * MB);
	}

}
