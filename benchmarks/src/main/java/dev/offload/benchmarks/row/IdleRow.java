package dev.offload.benchmarks.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.figure.Unit;
import dev.offload.pool.ProcessExecutorFactory;

/**
 * The memory of a worker that has nothing to do, with all settings by default.
 */
final class IdleRow implements Row {

	private static final int WARM = 100;

	@Override
	public String name() {
		return "idle";
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		Goal goal = Goal.atMost((Runtime.version().feature() < 25) ? 45 : 55);
		try (OffloadExecutor executor = ProcessExecutorFactory.builder()
			.build()
			.create(ExecutorSpec.builder("bench").maxWorkers(Pool.WORKERS).build())) {
			long pid = executor.call(() -> ProcessHandle.current().pid());
			Thread.sleep(1000);
			add(sheet, pid, "resident after its first task", "Rss", goal);
			add(sheet, pid, "share of it that is its own", "Pss", null);
			for (int i = 0; i < WARM; i++) {
				executor.call(() -> 1L);
			}
			Thread.sleep(1000);
			add(sheet, pid, "resident after 100 tasks", "Rss", null);
			executor.call(() -> {
				System.gc();
				return 1L;
			});
			add(sheet, pid, "resident after a full collection", "Rss", null);
		}
	}

	private static void add(Sheet sheet, long pid, String what, String size, @Nullable Goal goal) throws IOException {
		sheet.add(what, kibibytes(pid, size) / 1024.0, Unit.MEBIBYTES, null, goal);
	}

	static long kibibytes(long pid, String size) throws IOException {
		String text = Files.readString(Path.of("/proc/" + pid + "/smaps_rollup"));
		Matcher matcher = Pattern.compile("^" + size + ": +(\\d+) kB", Pattern.MULTILINE).matcher(text);
		if (!matcher.find()) {
			throw new IOException("The system does not tell " + size);
		}
		return Long.parseLong(matcher.group(1));
	}

}
