package dev.offload.pool;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is logged here by one logger, with thread and context; it can be made to
 * wait before it takes anything.
 */
final class LogRecords extends UnsynchronizedAppenderBase<ILoggingEvent> implements AutoCloseable {

	private final Logger logger;

	private final CountDownLatch open;

	private final List<ILoggingEvent> records = new CopyOnWriteArrayList<>();

	private LogRecords(String name, int waits) {
		this.logger = (Logger) LoggerFactory.getLogger(name);
		this.open = new CountDownLatch(waits);
		start();
		this.logger.setAdditive(false);
		this.logger.setLevel(Level.DEBUG);
		this.logger.addAppender(this);
	}

	static LogRecords of(String name) {
		return new LogRecords(name, 0);
	}

	static LogRecords stuck(String name) {
		return new LogRecords(name, 1);
	}

	void go() {
		this.open.countDown();
	}

	@Override
	protected void append(ILoggingEvent event) {
		try {
			this.open.await();
			event.prepareForDeferredProcessing();
			this.records.add(event);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	List<ILoggingEvent> records() {
		return this.records;
	}

	ILoggingEvent await(String text) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.records.stream()
				.filter((event) -> event.getFormattedMessage().contains(text))
				.findFirst()
				.orElse(null), (event) -> event != null);
	}

	@Override
	public void close() {
		go();
		this.logger.detachAppender(this);
		this.logger.setAdditive(true);
		this.logger.setLevel(null);
	}

}
