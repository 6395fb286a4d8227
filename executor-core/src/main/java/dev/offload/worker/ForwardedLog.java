package dev.offload.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

import dev.offload.protocol.Message.Hello;
import dev.offload.spi.WorkerLogEvent;
import dev.offload.spi.WorkerLogSink;
import dev.offload.spi.WorkerLogSource;
import dev.offload.transport.LossySender;

/**
 * Tells the service what is logged here, over a connection of its own, so that a log that
 * is slow holds up nothing else. Without a source for the logging library there is no
 * such connection, and the log goes to standard output.
 */
final class ForwardedLog implements WorkerLogSink {

	static final ForwardedLog NONE = new ForwardedLog(null);

	private static final String PROPERTY = "offload.worker.forward-log";

	/** How long the end of this process may be held up by what is not sent yet. */
	private static final int FLUSH_MILLIS = 500;

	private final @Nullable LossySender sender;

	private ForwardedLog(@Nullable LossySender sender) {
		this.sender = sender;
	}

	/**
	 * Begins to tell, if the service wants it.
	 * @param identity who this worker is
	 * @return the log
	 * @throws IOException if the service is gone
	 */
	static ForwardedLog start(WorkerIdentity identity) throws IOException {
		List<WorkerLogSource> sources = Boolean.getBoolean(PROPERTY) ? sources() : List.of();
		if (sources.isEmpty()) {
			return NONE;
		}
		ForwardedLog log = new ForwardedLog(
				LossySender.start(identity.connect(Hello.LOG), identity.executor() + "-log"));
		sources.forEach((source) -> source.start(log));
		Runtime.getRuntime().addShutdownHook(new Thread(log::flush, identity.executor() + "-log-end"));
		return log;
	}

	private static List<WorkerLogSource> sources() {
		List<WorkerLogSource> present = new ArrayList<>();
		for (WorkerLogSource source : ServiceLoader.load(WorkerLogSource.class)) {
			if (source.isPresent()) {
				present.add(source);
			}
		}
		return present;
	}

	@Override
	public void accept(WorkerLogEvent event) {
		if (this.sender != null) {
			boolean important = event.level().toInt() >= Level.WARN.toInt();
			this.sender.send(EventText.of(event), important);
		}
	}

	/**
	 * Waits a little until what was logged is sent.
	 */
	void flush() {
		if (this.sender != null) {
			this.sender.flush(FLUSH_MILLIS);
		}
	}

}
