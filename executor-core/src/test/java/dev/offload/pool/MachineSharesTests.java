package dev.offload.pool;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSpec;
import dev.offload.WorkerSpec;
import dev.offload.spi.WorkerShare;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MachineShares}.
 */
class MachineSharesTests {

	private static final long MB = MemoryDemand.MEGABYTE;

	/** The overhead of a worker with one thread and no beans. */
	private static final long OVERHEAD = 65 * MB;

	@Test
	void shareIsSmallerWhenThereAreMoreExecutorsAndLargerWhenOneIsClosed() {
		MachineShares shares = new MachineShares(new Machine(2048 * MB, 512 * MB, 4));
		MachineShares.Claim pdf = shares.add(spec("pdf", 4).build());
		long alone = 1344 * MB / 4 - OVERHEAD;
		assertThat(pdf.share()).isEqualTo(new WorkerShare(alone, 1));
		MachineShares.Claim mail = shares.add(spec("mail", 2).build());
		long together = 1344 * MB / 6 - OVERHEAD;
		assertThat(pdf.share().heapBytes()).isEqualTo(together);
		assertThat(mail.share()).isEqualTo(new WorkerShare(together, 2));
		mail.giveBack();
		assertThat(pdf.share().heapBytes()).isEqualTo(alone);
	}

	@Test
	void shareFollowsTheSizeOfTheExecutor() {
		MachineShares shares = new MachineShares(new Machine(2048 * MB, 512 * MB, 4));
		MachineShares.Claim pdf = shares.add(spec("pdf", 4).build());
		pdf.resize(() -> 2);
		assertThat(pdf.share()).isEqualTo(new WorkerShare(512 * MB, 2));
		try (LogRecorder log = new LogRecorder(MachineShares.class)) {
			pdf.resize(() -> 20);
			pdf.resize(() -> 20);
			assertThat(log.events()).singleElement()
				.extracting(ILoggingEvent::getFormattedMessage)
				.asString()
				.contains("executor 'pdf' 20 x (heap 64 MB, the least that is shared out");
		}
	}

	@Test
	void containerWithOneProcessorGivesOneToEachWorker() {
		MachineShares shares = new MachineShares(new Machine(1024 * MB, 256 * MB, 1));
		assertThat(shares.add(spec("pdf", 4).build()).share()).isEqualTo(new WorkerShare(79 * MB, 1));
	}

	@Test
	void shareIsWhatTheSettingsSay() {
		MachineShares shares = new MachineShares(new Machine(2048 * MB, 512 * MB, 4));
		WorkerSpec worker = WorkerSpec.builder().heapBytes(100 * MB + 1).processors(3).build();
		assertThat(shares.add(spec("pdf", 4).worker(worker).build()).share())
			.isEqualTo(new WorkerShare(100 * MB + 1, 3));
	}

	@Test
	void shareLeavesAloneWhatTheOptionsSay() {
		MachineShares shares = new MachineShares(new Machine(2048 * MB, 512 * MB, 4));
		WorkerSpec worker = WorkerSpec.builder()
			.heapBytes(100 * MB)
			.processors(3)
			.jvmArgs(List.of("-Xmx50m", "-XX:ActiveProcessorCount=2"))
			.build();
		assertThat(shares.add(spec("pdf", 4).worker(worker).build()).share()).isEqualTo(WorkerShare.NONE);
		WorkerSpec percentage = WorkerSpec.builder().jvmArgs(List.of("-XX:MaxRAMPercentage=5")).build();
		assertThat(shares.add(spec("mail", 4).worker(percentage).build()).share()).isEqualTo(new WorkerShare(null, 1));
	}

	@Test
	void heapIsTheJvmsChoiceWhereTheMemoryIsNotKnown() {
		MachineShares shares = new MachineShares(new Machine(0, 512 * MB, 4));
		assertThat(shares.add(spec("pdf", 2).build()).share()).isEqualTo(new WorkerShare(null, 2));
	}

	@Test
	void executorForWhichThereIsNoRoomIsWarnedOfWithAllOthers() {
		try (LogRecorder log = new LogRecorder(MachineShares.class)) {
			MachineShares shares = new MachineShares(new Machine(1200 * MB, 256 * MB, 2));
			MachineShares.Claim pdf = shares.add(spec("pdf", 2).worker(heap(128)).build());
			assertThat(log.events()).isEmpty();
			shares.add(spec("mail", 2).worker(heap(256)).build());
			assertThat(log.events()).singleElement().satisfies((event) -> {
				assertThat(event.getLevel()).isEqualTo(Level.WARN);
				assertThat(event.getFormattedMessage()).contains("executor 'pdf' 2 x (heap 128 MB + 65 MB)",
						"executor 'mail' 2 x (heap 256 MB + 65 MB)");
			});
			pdf.giveBack();
			shares.add(spec("last", 1).worker(heap(8)).build());
			assertThat(log.events()).extracting(ILoggingEvent::getLevel).containsOnlyOnce(Level.WARN);
		}
	}

	@Test
	void shareIsToldWhenItChanges() {
		try (LogRecorder log = new LogRecorder(MachineShares.class)) {
			MachineShares shares = new MachineShares(new Machine(2048 * MB, 512 * MB, 4));
			MachineShares.Claim pdf = shares.add(spec("pdf", 2).build());
			pdf.share();
			pdf.share();
			shares.add(spec("mail", 2).build());
			pdf.share();
			assertThat(log.events()).extracting(ILoggingEvent::getFormattedMessage)
				.containsExactly("Executor 'pdf': a worker has 512 MB of heap and counts on 2 of 4 processors",
						"Executor 'pdf': a worker has 271 MB of heap and counts on 2 of 4 processors");
		}
	}

	private static WorkerSpec heap(long megabytes) {
		return WorkerSpec.builder().heapBytes(megabytes * MB).build();
	}

	private static ExecutorSpec.Builder spec(String name, int workers) {
		return ExecutorSpec.builder(name).maxWorkers(workers);
	}

}
