package dev.offload.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import dev.offload.Task;

/**
 * Fails a number of times and then gives the number of its run, in whatever process each
 * of them is.
 */
final class Flaky implements Task<Integer> {

	private static final long serialVersionUID = 1L;

	private final String runs;

	private final int failures;

	private final Kind kind;

	Flaky(Path directory, String name, int failures, Kind kind) {
		this.runs = directory.resolve(name).toString();
		this.failures = failures;
		this.kind = kind;
	}

	@Override
	public Integer run() throws Exception {
		Files.writeString(Path.of(this.runs), "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		int run = runs();
		if (run <= this.failures) {
			fail(run);
		}
		return run;
	}

	private void fail(int run) throws Exception {
		switch (this.kind) {
			case STATE -> throw new IllegalStateException("run " + run);
			case IO -> throw new IOException("run " + run);
			case ERROR -> throw new AssertionError("run " + run);
			case SLEEP -> Thread.sleep(60_000);
			case HALT -> Runtime.getRuntime().halt(9);
		}
	}

	// How often it was run.
	int runs() {
		try {
			return Files.exists(Path.of(this.runs)) ? (int) Files.size(Path.of(this.runs)) : 0;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * How it fails.
	 */
	enum Kind {

		STATE, IO, ERROR, SLEEP, HALT

	}

}
