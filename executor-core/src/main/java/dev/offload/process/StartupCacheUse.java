package dev.offload.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The start of one worker with a start-up cache: its options, and what its JVM said of
 * them. Safe for use by many threads.
 */
final class StartupCacheUse {

	/** A start without one. */
	static final StartupCacheUse NONE = new StartupCacheUse(null, Path.of(""), Path.of(""), (reason) -> {
	});

	/** What ends a JVM that comes upon broken bytes. */
	private static final Set<String> CRASHES = Set.of("SIGSEGV", "SIGBUS", "SIGABRT");

	private final @Nullable StartupCacheKind kind;

	private final Path file;

	private final Path log;

	private final Consumer<String> refused;

	private final AtomicBoolean settled = new AtomicBoolean();

	/** Written once, when the worker has named itself. */
	private volatile boolean used;

	StartupCacheUse(@Nullable StartupCacheKind kind, Path file, Path log, Consumer<String> refused) {
		this.kind = kind;
		this.file = file;
		this.log = log;
		this.refused = refused;
	}

	List<String> options() {
		return (this.kind != null) ? this.kind.using(this.file, this.log) : List.of();
	}

	boolean isUsed() {
		return this.used;
	}

	// The worker lives, so its JVM has said what it made of the cache.
	void lives() {
		StartupCacheKind known = this.kind;
		if (known == null || !this.settled.compareAndSet(false, true)) {
			return;
		}
		String refusal;
		try {
			refusal = known.refusal(List.of(Files.readString(this.log, StandardCharsets.ISO_8859_1).split("\n", -1)));
		}
		catch (IOException ex) {
			refusal = "what it said cannot be read: " + ex;
		}
		this.used = refusal == null;
		if (refusal != null) {
			this.refused.accept(refusal);
		}
	}

	// Of a JVM that crashed by itself before it did anything, the cache may be the
	// reason. It is not that of a wrong option, a signal from outside or a want of
	// memory.
	void died(ExitStatus status, @Nullable ErrorFile report) {
		String signal = status.signal();
		boolean crashed = (report != null) ? !report.isOutOfMemory() : signal != null && CRASHES.contains(signal);
		if (this.kind != null && this.settled.compareAndSet(false, true) && crashed) {
			this.refused.accept("it crashed before it could say a word");
		}
	}

}
