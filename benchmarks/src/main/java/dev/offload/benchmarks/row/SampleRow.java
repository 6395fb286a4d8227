package dev.offload.benchmarks.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.figure.Unit;
import dev.offload.benchmarks.run.Samples;

/**
 * How long workers of the sample take until they are ready, with a start-up cache and
 * without, and how much memory they have then. Both applications live at a time, and one
 * worker of each is killed in turns.
 */
final class SampleRow implements Row {

	private static final int MILLIS = 4_000;

	private static final int NEWEST = 25;

	@Override
	public String name() {
		return "sample";
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		Path jar = Path.of(System.getProperty("compare.sample", "sample-app/target/sample-app-0.1.0-SNAPSHOT.jar"));
		if (!Files.exists(jar)) {
			throw new IOException("There is no " + jar + ": build the sample, too");
		}
		try (SampleProcess without = SampleProcess.start(jar, "off");
				SampleProcess with = SampleProcess.start(jar, "auto")) {
			with.awaitCaches();
			measure(sheet, "pdf", "worker with a Spring context ready", with, without,
					Goal.ratioAtMost((Runtime.version().feature() < NEWEST) ? 0.7 : 0.6));
			measure(sheet, "parse", "worker without one ready", with, without, null);
			sheet.add("worker with a Spring context, resident", with.resident("pdf"), Unit.MEBIBYTES);
			sheet.add("worker without one, resident", with.resident("parse"), Unit.MEBIBYTES);
		}
	}

	private static void measure(Sheet sheet, String executor, String what, SampleProcess with, SampleProcess without,
			@Nullable Goal goal) throws Exception {
		Samples cached = new Samples(what + ", with start-up cache");
		Samples plain = new Samples("without");
		for (int i = 0; i < Math.max(3, sheet.times(MILLIS)); i++) {
			plain.add(without.replace(executor));
			cached.add(with.replace(executor));
		}
		sheet.millis(cached, plain, goal);
	}

}
