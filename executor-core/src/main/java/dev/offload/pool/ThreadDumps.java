package dev.offload.pool;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadException;
import dev.offload.dispatch.Deadlines;
import dev.offload.dispatch.PendingTask;
import dev.offload.dispatch.ThreadTrace;
import dev.offload.process.KeptFiles;
import dev.offload.protocol.Message.ThreadDump;

/**
 * Asks workers for the stacks of their threads: by the control connection, and where that
 * is mute by a signal to the JVM. Safe for use by many threads; nothing here blocks the
 * caller.
 */
final class ThreadDumps {

	private static final Logger logger = LoggerFactory.getLogger(ThreadDumps.class);

	/** How long a worker may take to answer, before its JVM is asked. */
	private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	/** How long a dump may take that was asked for without a task. */
	private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final int MAX_CHARACTERS = 256 * 1024;

	private static final int MAX_FRAME_CHARACTERS = 1000;

	private final ExecutorSpec spec;

	private final Deadlines deadlines;

	/** Runs what may take a while: a program, a file. */
	private final Executor background;

	private final KeptFiles files;

	private final SafeRedactor redactor;

	ThreadDumps(ExecutorSpec spec, Deadlines deadlines, Executor background, KeptFiles files, SafeRedactor redactor) {
		this.spec = spec;
		this.deadlines = deadlines;
		this.background = background;
		this.files = files;
		this.redactor = redactor;
	}

	/**
	 * The stacks of a worker's threads.
	 * @param worker the worker
	 * @return the text; fails with an {@link OffloadException} if none comes within 5
	 * seconds
	 */
	CompletableFuture<String> request(Worker worker) {
		CompletableFuture<ThreadDump> dump = worker.dumps().expect(0);
		worker.control().takeDump(0);
		this.deadlines.run(PATIENCE_NANOS, () -> askJvm(worker, 0, "", dump));
		this.deadlines
			.run(LIMIT_NANOS,
					() -> dump.completeExceptionally(new OffloadException(this.spec.name(), worker
							+ " has told no stacks of its threads within " + TimeUnit.NANOSECONDS.toSeconds(LIMIT_NANOS)
							+ " s: it is stopped, starting or ending, or one of its threads cannot be stopped")));
		return dump.thenApply(this::text);
	}

	/**
	 * Interrupts a task whose time is up, once the stacks of its worker's threads are
	 * taken, keeps these, and lets the task know.
	 * @param worker the worker that runs it
	 * @param slot the slot that runs it
	 * @param task the task
	 */
	void interrupt(Worker worker, ProcessSlot slot, PendingTask task) {
		CompletableFuture<ThreadDump> dump = worker.dumps().expect(task.number());
		task.trace(dump.handleAsync((done, failure) -> keep(worker, task, done), this.background));
		worker.control().takeDump(task.number());
		long patience = Math.min(task.killGrace().toNanos() / 2, PATIENCE_NANOS);
		this.deadlines.run(patience, () -> interruptAnyway(worker, slot, task, dump));
		this.deadlines.run(task.killGrace().toNanos() + PATIENCE_NANOS,
				() -> dump.completeExceptionally(new TimeoutException("No dump came")));
	}

	private void interruptAnyway(Worker worker, ProcessSlot slot, PendingTask task,
			CompletableFuture<ThreadDump> dump) {
		if (dump.isDone()) {
			return;
		}
		if (slot.current() == task) {
			worker.control().interrupt(task);
			askJvm(worker, task.number(), slot.threadName(), dump);
		}
		else {
			dump.completeExceptionally(new TimeoutException("The task has ended before a dump came"));
		}
	}

	// A JVM that does not handle signals yet would end by it.
	private void askJvm(Worker worker, long task, String thread, CompletableFuture<ThreadDump> dump) {
		if (dump.isDone() || !worker.hasToldReady()) {
			return;
		}
		try {
			this.background.execute(() -> {
				var unused = worker.process().threadDump().thenAccept((text) -> {
					if (!text.isEmpty()) {
						dump.complete(new ThreadDump(task, JvmDump.stackOf(thread, text), text));
					}
				});
			});
		}
		catch (RejectedExecutionException ex) {
			logger.debug("{} is not asked any more, for its executor closes", worker, ex);
		}
	}

	private ThreadTrace keep(Worker worker, PendingTask task, @Nullable ThreadDump dump) {
		if (dump == null) {
			return ThreadTrace.NONE;
		}
		List<String> stack = dump.stack()
			.stream()
			.limit(ThreadTrace.MAX_FRAMES)
			.map((frame) -> cut(this.redactor.redact(frame), MAX_FRAME_CHARACTERS))
			.toList();
		return new ThreadTrace(stack, write(worker, task, text(dump)));
	}

	private @Nullable String write(Worker worker, PendingTask task, String text) {
		try {
			String file = this.files.write(this.spec.name() + "-" + worker.pid(), text).toString();
			logger.warn("{}: {} ran longer than timeout {}; the stacks of all threads are in {}", worker, task,
					task.timeout(), file);
			return file;
		}
		catch (IOException | RuntimeException ex) {
			logger.warn("{}: the stacks of its threads cannot be kept", worker, ex);
			return null;
		}
	}

	private String text(ThreadDump dump) {
		return this.redactor.redactAll(cut(dump.text(), MAX_CHARACTERS));
	}

	private static String cut(String text, int most) {
		return text.substring(0, Math.min(text.length(), most));
	}

}
