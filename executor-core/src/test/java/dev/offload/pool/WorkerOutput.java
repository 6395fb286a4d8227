package dev.offload.pool;

import java.time.Duration;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/**
 * What the workers of an executor have printed, as it comes into the log.
 */
final class WorkerOutput implements AutoCloseable {

	private final Logger logger;

	private final Lines lines = new Lines();

	private WorkerOutput(Logger logger) {
		this.logger = logger;
		this.lines.start();
		logger.addAppender(this.lines);
	}

	static WorkerOutput of(String executor) {
		return new WorkerOutput((Logger) LoggerFactory.getLogger("dev.offload.worker." + executor));
	}

	void await(String text) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.lines.contain(text));
	}

	@Override
	public void close() {
		this.logger.detachAppender(this.lines);
	}

	/**
	 * Keeps them.
	 */
	private static final class Lines extends AppenderBase<ILoggingEvent> {

		/** Guarded by itself. */
		private final StringBuilder text = new StringBuilder();

		@Override
		protected void append(ILoggingEvent event) {
			synchronized (this.text) {
				this.text.append(event.getFormattedMessage()).append('\n');
			}
		}

		boolean contain(String wanted) {
			synchronized (this.text) {
				return this.text.indexOf(wanted) >= 0;
			}
		}

	}

}
