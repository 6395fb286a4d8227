package dev.offload.worker;

import java.lang.management.LockInfo;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The stacks of threads as a text, much like that of the JVM itself. Its length is
 * limited, so the thread of interest comes first.
 */
final class ThreadDumpText {

	static final int MAX_CHARACTERS = 256 * 1024;

	private final StringBuilder text = new StringBuilder();

	private final long[] deadlocked;

	/**
	 * Creates one.
	 * @param deadlocked the threads that wait for each other, {@code null} for none
	 */
	ThreadDumpText(long @Nullable [] deadlocked) {
		this.deadlocked = (deadlocked != null) ? deadlocked : new long[0];
	}

	/**
	 * Writes them.
	 * @param first the thread of interest, {@code null} for none
	 * @param all all threads
	 * @return the text
	 */
	String of(@Nullable ThreadInfo first, ThreadInfo[] all) {
		this.text.append("Threads of pid ")
			.append(ProcessHandle.current().pid())
			.append(", Java ")
			.append(Runtime.version())
			.append("\n\n");
		if (first != null) {
			append(first);
		}
		for (ThreadInfo info : all) {
			boolean written = first != null && info.getThreadId() == first.getThreadId();
			if (!written && this.text.length() < MAX_CHARACTERS) {
				append(info);
			}
		}
		this.text.setLength(Math.min(this.text.length(), MAX_CHARACTERS));
		return this.text.toString();
	}

	private void append(ThreadInfo info) {
		this.text.append('"')
			.append(info.getThreadName())
			.append("\" #")
			.append(info.getThreadId())
			.append(info.isDaemon() ? " daemon " : " ")
			.append(info.getThreadState())
			.append(info.isInNative() ? " in native code" : "");
		if (Arrays.stream(this.deadlocked).anyMatch((id) -> id == info.getThreadId())) {
			this.text.append(" DEADLOCKED");
		}
		this.text.append('\n');
		StackTraceElement[] stack = info.getStackTrace();
		for (int depth = 0; depth < stack.length; depth++) {
			this.text.append("\tat ").append(stack[depth]).append('\n');
			appendLocks(info, depth);
		}
		this.text.append('\n');
	}

	private void appendLocks(ThreadInfo info, int depth) {
		LockInfo awaited = info.getLockInfo();
		if (depth == 0 && awaited != null) {
			this.text.append("\t- waiting for ").append(awaited);
			if (info.getLockOwnerName() != null) {
				this.text.append(", held by \"").append(info.getLockOwnerName()).append('"');
			}
			this.text.append('\n');
		}
		for (MonitorInfo monitor : info.getLockedMonitors()) {
			if (monitor.getLockedStackDepth() == depth) {
				this.text.append("\t- locked ").append(monitor).append('\n');
			}
		}
	}

}
