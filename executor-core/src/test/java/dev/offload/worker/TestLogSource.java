package dev.offload.worker;

import dev.offload.spi.WorkerLogEvent;
import dev.offload.spi.WorkerLogSink;
import dev.offload.spi.WorkerLogSource;

/**
 * Lets tasks log without a logging library, in workers that have the property
 * {@value #PROPERTY}.
 */
public final class TestLogSource implements WorkerLogSource {

	/** Switches it on. */
	public static final String PROPERTY = "test.log";

	/** Written once, before the first task. */
	private static volatile WorkerLogSink sink;

	@Override
	public boolean isPresent() {
		return Boolean.getBoolean(PROPERTY);
	}

	@Override
	public void start(WorkerLogSink started) {
		sink = started;
	}

	/**
	 * Logs something.
	 * @param event what
	 */
	public static void log(WorkerLogEvent event) {
		sink.accept(event);
	}

}
