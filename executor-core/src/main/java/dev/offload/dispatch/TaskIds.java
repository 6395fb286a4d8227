package dev.offload.dispatch;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the ids begin with that an executor makes: no executor of another service, or of
 * one before, makes the same, so that their records can be kept in one place. Safe for
 * use by many threads.
 */
final class TaskIds {

	private final String executor;

	/** Empty until it is asked for: randomness takes its time in a young JVM. */
	private final AtomicReference<String> prefix = new AtomicReference<>("");

	TaskIds(String executor) {
		this.executor = executor;
	}

	String prefix() {
		String known = this.prefix.get();
		if (known.isEmpty()) {
			this.prefix.compareAndSet("",
					this.executor + "-" + HexFormat.of().toHexDigits(Source.random.nextLong()) + "-");
			known = this.prefix.get();
		}
		return known;
	}

	private static final class Source {

		private static final SecureRandom random = new SecureRandom();

	}

}
