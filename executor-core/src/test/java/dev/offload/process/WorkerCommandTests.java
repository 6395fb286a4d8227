package dev.offload.process;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.offload.WorkerContext;
import dev.offload.WorkerSpec;
import dev.offload.spi.OutputRedactor;
import dev.offload.spi.WorkerLaunch;
import dev.offload.spi.WorkerShare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link WorkerCommand}.
 */
class WorkerCommandTests {

	private static final long MEGABYTE = 1024 * 1024;

	@Test
	void wordsHaveNothingButThePrefixTheProgramAndTheFile() {
		WorkerCommand command = command(WorkerSpec.builder().launcherPrefix(List.of("nice", "-n", "10")));
		assertThat(command.words(Path.of("/jdk/bin/java"), Path.of("/work/java.args"))).containsExactly("nice", "-n",
				"10", "/jdk/bin/java", "@/work/java.args");
	}

	@Test
	void argumentsEndWithFixedOptionsClassPathAndMainClass() {
		List<String> arguments = arguments(WorkerSpec.builder().jvmArgs(List.of("-Xss2m")));
		assertThat(arguments).containsSubsequence("--enable-preview", "-Xss2m", "-XX:+ExitOnOutOfMemoryError",
				"-XX:+UseCountedLoopSafepoints", "-XX:LoopStripMiningIter=1000", "-XX:ErrorFile=/work/hs_err_%p.log",
				"-Doffload.worker.socket=/work/socket", "-Doffload.worker.executor=pdf", "-Doffload.worker.number=7");
		assertThat(arguments).endsWith("-cp", "/a.jar:/b c.jar", "dev.offload.Main");
	}

	@Test
	void argumentsNeverHaveTheToken() {
		assertThat(arguments(WorkerSpec.builder())).noneMatch((argument) -> argument.contains("secret-token"));
	}

	@Test
	void argumentsWhenHeapIsSmallUseTheSerialCollector() {
		assertThat(arguments(WorkerSpec.builder().heapBytes(256 * MEGABYTE))).contains("-Xmx268435456", "-Xms67108864",
				"-XX:+UseSerialGC", "-XX:MaxHeapFreeRatio=100");
	}

	@Test
	void argumentsWhenHeapIsLargeOrUnknownLeaveTheCollectorToTheJvm() {
		assertThat(arguments(WorkerSpec.builder().heapBytes(1024 * MEGABYTE)))
			.noneMatch((option) -> option.endsWith("GC"));
		assertThat(arguments(WorkerSpec.builder()))
			.noneMatch((option) -> option.endsWith("GC") || option.startsWith("-Xm"));
	}

	@Test
	void argumentsWhenCollectorIsGivenHaveOnlyThat() {
		List<String> arguments = arguments(
				WorkerSpec.builder().heapBytes(64 * MEGABYTE).jvmArgs(List.of("-XX:+UseParallelGC")));
		assertThat(arguments).filteredOn((option) -> option.endsWith("GC")).containsExactly("-XX:+UseParallelGC");
		assertThat(arguments).noneMatch((option) -> option.startsWith("-XX:MaxHeapFreeRatio"));
	}

	@Test
	void argumentsHaveTheShareAndNotTheSettings() {
		WorkerSpec.Builder settings = WorkerSpec.builder().heapBytes(256 * MEGABYTE).processors(4);
		List<String> arguments = command(settings, new WorkerShare(1024 * MEGABYTE, 2)).arguments();
		assertThat(arguments).contains("-Xmx1073741824", "-XX:ActiveProcessorCount=2");
		assertThat(arguments).noneMatch((option) -> option.endsWith("GC"));
		assertThat(command(settings, WorkerShare.NONE).arguments())
			.noneMatch((option) -> option.startsWith("-Xm") || option.startsWith("-XX:ActiveProcessorCount"));
	}

	@Test
	void argumentsWhenThereIsOneProcessorUseTheSerialCollector() {
		WorkerShare share = new WorkerShare(4096 * MEGABYTE, 1);
		assertThat(command(WorkerSpec.builder(), share).arguments()).contains("-XX:+UseSerialGC");
		assertThat(command(WorkerSpec.builder().jvmArgs(List.of("-XX:+UseG1GC")), share).arguments())
			.filteredOn((option) -> option.endsWith("GC"))
			.containsExactly("-XX:+UseG1GC");
	}

	@Test
	void argumentsWhenHeapDumpsAreWantedNameTheirDirectory() {
		assertThat(arguments(WorkerSpec.builder().heapDumps("/dumps"))).containsSubsequence(
				"-XX:+HeapDumpOnOutOfMemoryError", "-XX:HeapDumpPath=/dumps", "-XX:+ExitOnOutOfMemoryError");
		assertThat(arguments(WorkerSpec.builder())).noneMatch((option) -> option.contains("HeapDump"));
	}

	@Test
	void argumentsWhenContextHasBeansSwitchDevtoolsOff() {
		String option = "-Dspring.devtools.restart.enabled=false";
		assertThat(arguments(WorkerSpec.builder().context(WorkerContext.APPLICATION))).contains(option);
		assertThat(arguments(WorkerSpec.builder())).doesNotContain(option);
	}

	@Test
	void argumentsWhenFixedOptionIsChangedFail() {
		for (String option : List.of("-XX:-ExitOnOutOfMemoryError", "-XX:-UseCountedLoopSafepoints",
				"-XX:LoopStripMiningIter=1", "-XX:ErrorFile=/x", "-Doffload.worker.socket=/x", "-cp", "-jar", "@file",
				"Main", "--class-path")) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> arguments(WorkerSpec.builder().jvmArgs(List.of(option))))
				.withMessageContaining("worker.jvm-args of executor 'pdf' must not have '" + option + "'");
		}
	}

	@Test
	void argumentsWhenOptionHasItsValueApartAcceptIt() {
		assertThat(arguments(WorkerSpec.builder().jvmArgs(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED"))))
			.containsSequence("--add-opens", "java.base/java.lang=ALL-UNNAMED");
	}

	private static List<String> arguments(WorkerSpec.Builder settings) {
		return command(settings).arguments();
	}

	private static WorkerCommand command(WorkerSpec.Builder settings) {
		return command(settings, new WorkerShare(settings.build().heapBytes(), null));
	}

	private static WorkerCommand command(WorkerSpec.Builder settings, WorkerShare share) {
		WorkerLaunch launch = new WorkerLaunch("pdf", 7, settings.build(), share, "dev.offload.Main",
				Path.of("/work/socket"), "secret-token", Path.of("/work"), OutputRedactor.NONE);
		return new WorkerCommand(launch, List.of("/a.jar", "/b c.jar"), List.of("--enable-preview"));
	}

}
