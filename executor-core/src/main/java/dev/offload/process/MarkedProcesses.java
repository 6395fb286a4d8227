package dev.offload.process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds the processes that carry the marker of one worker in their environment: the
 * worker itself and what it has started, also when that has left its tree. Works where
 * there is a {@code /proc} and finds nothing elsewhere.
 */
final class MarkedProcesses {

	private static final File PROC = new File("/proc");

	/** What a process that was killed takes to go, about. */
	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final byte[] marker;

	private byte[] buffer = new byte[16 * 1024];

	/**
	 * Creates one. Not safe for use by many threads.
	 * @param id the value of the marker
	 */
	MarkedProcesses(String id) {
		this.marker = (WorkerVariables.MARKER + "=" + id).getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Kills all that are found, and looks again until there are none, for a process may
	 * start another one while it is looked for.
	 * @param deadlineNanos the {@code System.nanoTime()} at which to stop
	 * @return those that were killed
	 */
	Set<ProcessHandle> killAll(long deadlineNanos) {
		Set<ProcessHandle> killed = new HashSet<>();
		boolean found = killOnce(killed, deadlineNanos);
		while (found && System.nanoTime() - deadlineNanos < 0) {
			LockSupport.parkNanos(PAUSE_NANOS);
			found = killOnce(killed, deadlineNanos);
		}
		return killed;
	}

	/**
	 * Whether a process carries the marker.
	 * @param pid its process id
	 * @return whether it does, {@code false} if that cannot be seen
	 */
	boolean isMarked(long pid) {
		return isMarked(Long.toString(pid));
	}

	private boolean killOnce(Set<ProcessHandle> killed, long deadlineNanos) {
		String[] names = PROC.list();
		boolean found = false;
		for (String name : (names != null) ? names : new String[0]) {
			if (System.nanoTime() - deadlineNanos > 0) {
				return found;
			}
			if (Character.isDigit(name.charAt(0)) && isMarked(name)) {
				found |= kill(name, killed);
			}
		}
		return found;
	}

	private boolean kill(String pid, Set<ProcessHandle> killed) {
		// The handle knows the start of its process. To look again after it was made
		// excludes that the number has gone to another process in between.
		ProcessHandle process = ProcessHandle.of(Long.parseLong(pid)).orElse(null);
		if (process == null || !isMarked(pid) || !ProcessTree.kill(process)) {
			return false;
		}
		killed.add(process);
		return true;
	}

	private boolean isMarked(String pid) {
		try (FileInputStream environment = new FileInputStream("/proc/" + pid + "/environ")) {
			int length = 0;
			int count = environment.read(this.buffer, 0, this.buffer.length);
			while (count > 0) {
				length += count;
				if (length == this.buffer.length) {
					this.buffer = Arrays.copyOf(this.buffer, 2 * length);
				}
				count = environment.read(this.buffer, length, this.buffer.length - length);
			}
			return contains(length);
		}
		catch (IOException ex) {
			// Gone, or of another user.
			return false;
		}
	}

	private boolean contains(int length) {
		int last = length - this.marker.length;
		for (int i = 0; i <= last; i++) {
			if (this.buffer[i] == this.marker[0]
					&& Arrays.equals(this.buffer, i, i + this.marker.length, this.marker, 0, this.marker.length)) {
				return true;
			}
		}
		return false;
	}

}
