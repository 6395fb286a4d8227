package dev.offload.sample.chaos;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Does harm to the process in which it runs.
 */
final class ChaosTasks {

	static final int EXIT_CODE = 42;

	static final int HALT_CODE = 43;

	static final int FLOOD_LINES = 50_000;

	private static final int CHILD_SECONDS = 300;

	private ChaosTasks() {
	}

	static ChaosReport exit() {
		System.exit(EXIT_CODE);
		throw new IllegalStateException("The process lives after System.exit");
	}

	static ChaosReport halt() {
		Runtime.getRuntime().halt(HALT_CODE);
		throw new IllegalStateException("The process lives after Runtime.halt");
	}

	// Writes to address 0. The class is reached by name, for the compiler warns of it.
	static ChaosReport crash() throws ReflectiveOperationException {
		Class<?> unsafe = Class.forName("sun.misc.Unsafe");
		Field instance = unsafe.getDeclaredField("theUnsafe");
		instance.setAccessible(true);
		unsafe.getMethod("putAddress", long.class, long.class).invoke(instance.get(null), 0L, 0L);
		throw new IllegalStateException("The process lives after a write to address 0");
	}

	static ChaosReport oom() {
		List<byte[]> hoard = new ArrayList<>();
		while (hoard.size() < Integer.MAX_VALUE) {
			hoard.add(new byte[1 << 20]);
		}
		throw new IllegalStateException("There is no end of memory");
	}

	static ChaosReport spin() {
		long turns = 0;
		while (turns >= 0) {
			turns++;
			if (turns == Long.MAX_VALUE) {
				turns = 0;
			}
		}
		throw new IllegalStateException("The end of eternity was reached");
	}

	static ChaosReport deepRecursion() {
		try {
			int depth = descend(0);
			throw new IllegalStateException("The stack ended at " + depth + " by itself");
		}
		catch (StackOverflowError ex) {
			throw new ChaosException("The task called itself until the stack was full: StackOverflowError", ex);
		}
	}

	private static int descend(int depth) {
		return (depth < 0) ? depth : descend(depth + 1) + 1;
	}

	static ChaosReport floodStdout() {
		for (int i = 1; i <= FLOOD_LINES; i++) {
			System.out.println("Line " + i + " of a flood that nobody wants to read, and that has to go somewhere");
		}
		System.out.flush();
		return report(ChaosKind.FLOOD_STDOUT, FLOOD_LINES + " lines were printed", null);
	}

	// Starts a process that outlives its task, and ends with its worker.
	static ChaosReport forkChild() throws IOException {
		boolean windows = File.separatorChar == '\\';
		List<String> command = windows ? List.of("ping", "-n", String.valueOf(CHILD_SECONDS), "127.0.0.1")
				: List.of("sleep", String.valueOf(CHILD_SECONDS));
		Process child = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		return report(ChaosKind.FORK_CHILD,
				"A child process was left behind; it ends with its worker, or after " + CHILD_SECONDS + " seconds",
				child.pid());
	}

	private static ChaosReport report(ChaosKind kind, String detail, @Nullable Long childPid) {
		return new ChaosReport(kind.id(), detail, ProcessHandle.current().pid(), childPid);
	}

}
