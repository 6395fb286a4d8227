package dev.offload.test;

import java.io.IOException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Ways in which a task ends the process that it runs in.
 */
final class EndFaults {

	private EndFaults() {
	}

	static int exit(int code) {
		System.exit(code);
		return code;
	}

	static int halt(int code) {
		Runtime.getRuntime().halt(code);
		return code;
	}

	static int exitWithHangingHook(int code) {
		Runtime.getRuntime().addShutdownHook(new Thread(EndFaults::hang, "fault-hook"));
		System.exit(code);
		return code;
	}

	static int exitLater(int code, Duration delay) {
		FaultThreads.later("fault-exit", delay, () -> System.exit(code));
		return code;
	}

	// Sends a signal to this process, and waits for it to work.
	static int signalItself(String signal) throws IOException, InterruptedException {
		return signal(signal, ProcessHandle.current().pid());
	}

	static int signal(String signal, long pid) throws IOException, InterruptedException {
		return new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
	}

	// By reflection, for the compiler warns of that class, and a later JDK may lack it.
	static int crashNatively() throws IOException, InterruptedException {
		try {
			Class<?> type = Class.forName("sun.misc.Unsafe");
			Field field = type.getDeclaredField("theUnsafe");
			field.setAccessible(true);
			type.getMethod("putAddress", long.class, long.class).invoke(field.get(null), 0L, 0L);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			System.err.println("This JVM has no unsafe access to memory: " + ex);
		}
		return signalItself("SEGV");
	}

	private static void hang() {
		while (true) {
			LockSupport.park();
		}
	}

}
